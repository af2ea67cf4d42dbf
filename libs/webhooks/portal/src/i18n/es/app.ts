import type { app as english } from '../en/app.js';
import type { Area } from '../messages.js';

export const app: Area<typeof english> = {
  'app.name': 'Webhooks',
  'app.allContracts': 'Todos los contratos',
  'app.contract': 'Contrato {contract}',
  'app.language': 'Idioma',
  'app.theme': 'Colores',
  'app.theme.system': 'Como el sistema',
  'app.theme.light': 'Claro',
  'app.theme.dark': 'Oscuro',
  'app.notFound': 'Esta página no existe',
  'app.notFound.text': 'Puede que la dirección esté mal escrita o sea de una versión anterior.',
  'app.toList': 'A todos los webhooks',

  'nav.label': 'Vistas',
  'nav.skip': 'Ir al contenido',
  'nav.webhooks': 'Webhooks',
  'nav.preview': 'Vista previa',
  'nav.developers': 'Desarrolladores',

  'status.active': 'Activo',
  'status.inactive': 'Inactivo',
  'status.disabled': 'Desactivado',

  'reason.gone': 'Su receptor respondió 410 Gone.',
  'reason.exhausted': 'Una entrega agotó todos sus reintentos.',
  'reason.failures': 'Demasiados fallos seguidos.',
};
