import type { form as english } from '../en/form.js';
import type { Area } from '../messages.js';

export const form: Area<typeof english> = {
  'form.add': 'Añadir un webhook',
  'form.edit': 'Editar el webhook',
  'form.save': 'Guardar',
  'form.more': 'Más',
  'form.created': 'Webhook añadido',
  'form.saved': 'Webhook guardado',
  'form.unchanged': 'No se ha cambiado nada',
  'form.refused': { one: '{count} campo necesita otro valor', other: '{count} campos necesitan otro valor' },

  'form.contractId': 'ID del contrato',
  'form.contractId.help': 'De quién son los eventos que recibe.',
  'form.contractId.none': 'Ningún contrato con webhooks coincide. Se puede introducir cualquier contrato.',
  'form.url': 'URL',
  'form.url.help': 'Su punto de acceso HTTPS. Recibe una solicitud POST por cada evento.',
  'form.url.masked':
    'Sus credenciales están ocultas. Déjela como está para conservarlas, o introduzca la URL completa.',
  'form.eventTypes': 'Tipo de evento',
  'form.eventTypes.search': 'Buscar tipos de evento',
  'form.eventTypes.none': 'Ningún tipo de evento coincide',
  'form.eventTypes.patterns': 'Varios a la vez',
  'form.eventTypes.all': 'Todos los eventos',
  'form.eventTypes.all.help': 'Todos los eventos del contrato, incluidos los tipos que vengan después.',
  'form.eventTypes.prefix.help': 'Todos los tipos de evento que empiezan por {prefix}',
  'form.status': 'Estado',
  'form.status.help': 'Solo los webhooks activos envían notificaciones.',
  'form.status.disabled': 'Se desactivó. Elija Activo cuando su receptor vuelva a funcionar.',

  'form.section.body': 'Cuerpo',
  'form.section.narrow': 'Solo algunos eventos',
  'form.section.request': 'Solicitudes',
  'form.section.pace': 'Ritmo',

  'form.profile': 'Perfil',
  'form.profile.help': 'La forma del cuerpo y el vocabulario que usa.',
  'form.format': 'Formato',
  'form.locale': 'Idioma',
  'form.locale.help': 'De los textos del cuerpo.',
  'form.useContactLanguage': 'Primero el idioma del huésped',
  'form.useContactLanguage.help': 'Si una reserva indica uno, va antes que el idioma de arriba.',
  'form.capabilities': 'Capabilities',
  'form.capabilities.help': 'Qué partes del modelo de OCTO contiene un cuerpo.',
  'form.capabilities.search': 'Buscar capabilities',
  'form.capabilities.none': 'Ninguna capability coincide',

  'form.filters.productIds': 'ID de producto',
  'form.filters.statuses': 'Estados',
  'form.filters.changedPaths': 'Campos cambiados',
  'form.filters.help': 'Separados por comas; vacío para todos.',
  'form.filters.changedPaths.help':
    'Punteros JSON como /booking/status, separados por comas; vacío para todos.',

  'form.headers': 'Cabeceras de solicitud',
  'form.headers.help':
    'Se envían con cada solicitud. Los valores se guardan cifrados y no vuelven a mostrarse.',
  'form.headers.unreadable': 'Las cabeceras guardadas ya no se pueden leer. Introdúzcalas de nuevo.',
  'form.headers.name': 'Nombre',
  'form.headers.value': 'Valor',
  'form.headers.kept': 'Guardado; déjelo vacío para conservarlo',
  'form.headers.add': 'Añadir una cabecera',
  'form.headers.remove': 'Quitar la cabecera {name}',

  'form.signing': 'Firma',
  'form.signing.standard': 'Standard Webhooks',
  'form.signing.standard.help': 'HMAC-SHA256 con un secreto compartido',
  'form.signing.ed25519': 'Standard Webhooks, Ed25519',
  'form.signing.ed25519.help': 'Usted verifica con una clave pública',
  'form.signing.hmac': 'HMAC simple',
  'form.signing.hmac.help': 'HMAC-SHA256 solo del cuerpo, en la cabecera que usted elija',
  'form.signing.none': 'Ninguna',
  'form.signing.none.help': 'Nadie puede saber quién envió la solicitud',
  'form.signing.fixed':
    'Se mantiene durante toda la vida del webhook. Para firmar de otra forma, añada otro webhook.',
  'form.signatureHeader': 'Cabecera de la firma',
  'form.signaturePrefix': 'Antes de la firma',

  'form.retryOnError': 'Reintentar cuando falla',
  'form.retryOnError.help': 'Después de {delays}.',
  'form.ordering': 'Orden',
  'form.ordering.none': 'Según les toca',
  'form.ordering.none.help': 'Una que falla no retrasa a ninguna otra',
  'form.ordering.resource': 'En orden para cada recurso',
  'form.ordering.resource.help': 'Los eventos de una reserva van uno tras otro',
  'form.maxInFlight': 'Solicitudes a la vez',
  'form.maxInFlight.help': 'De 1 a 100; {count} si está vacío.',
  'form.maxPerSecond': 'Solicitudes por segundo',
  'form.maxPerSecond.help': 'De 1 a 1000; sin límite si está vacío.',

  'secret.title': 'El secreto del webhook',
  'secret.text':
    'Cópielo ahora: no volverá a mostrarse. Con él verifica que una solicitud viene de nosotros.',
  'secret.done': 'Lo he guardado',
  'publicKey.title': 'La clave pública del webhook',
  'publicKey.text':
    'Con ella verifica que una solicitud viene de nosotros. La encontrará de nuevo en la página del webhook.',
  'publicKey.done': 'Listo',
  'rotate.title': '¿Renovar el secreto?',
  'rotate.text':
    'Las solicitudes se firman desde ya con el nuevo secreto, y también con el anterior durante {duration} más.',
  'rotate.hmac':
    'Las solicitudes se firman desde ya con el nuevo secreto. El anterior deja de servir para verificar.',
  'rotate.confirm': 'Renovar el secreto',
};
