import type { developers as english } from '../en/developers.js';
import type { Area } from '../messages.js';

export const developers: Area<typeof english> = {
  'developers.title': 'Para desarrolladores',
  'developers.lead': 'Todo lo que hace esta página se puede hacer con la API REST.',
  'developers.create': 'Crear un webhook',
  'developers.create.text': 'La respuesta contiene el secreto, solo esta vez.',
  'developers.list': 'Listar webhooks',
  'developers.list.text': 'Pase el nextCursor de una respuesta como cursor para obtener la página siguiente.',
  'developers.credentials':
    'La API acepta las credenciales que usted usa en esta plataforma. Póngalas en lugar de la cabecera que se muestra aquí.',
  'developers.verify': 'Verificar una solicitud',
  'developers.verify.text':
    'Verifique el cuerpo tal como llega antes de leerlo. Las solicitudes siguen Standard Webhooks, cuyas bibliotecas lo hacen en cualquier lenguaje.',
  'developers.verify.languages': 'Lenguaje de programación',
  'developers.install': 'Instalar',
  'developers.openapi': 'Descripción de la API',
  'developers.openapi.text': 'Cada recurso, cada cuerpo y cada cabecera, en OpenAPI 3.1.',
  'developers.openapi.download': 'Descargar OpenAPI',

  'preview.title': 'Vista previa',
  'preview.lead': 'Lo que recibe un webhook, con un evento de ejemplo. No se envía nada.',
  'preview.eventType': 'Tipo de evento',
  'preview.side': 'Cuerpo {count}',
  'preview.addSide': 'Comparar con otro',
  'preview.removeSide': 'Quitar el cuerpo {count}',
  'preview.size': { one: '{count} byte', other: '{count} bytes' },
};
