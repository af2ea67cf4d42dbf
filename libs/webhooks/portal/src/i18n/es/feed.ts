import type { feed as english } from '../en/feed.js';
import type { Area } from '../messages.js';

export const feed: Area<typeof english> = {
  'feed.title': 'Feed',
  'feed.text': 'Recoja aquí los eventos, los más antiguos primero.',
  'feed.kept': {
    one: 'Permanecen {count} día, recogidos o no.',
    other: 'Permanecen {count} días, recogidos o no.',
  },
  'feed.command': 'Comando que lee el feed',
  'feed.next':
    'Guarde el nextCursor de la respuesta y páselo como after la próxima vez. Mientras hasMore sea true, pregunte de nuevo enseguida; si no, más o menos una vez por minuto.',
  'feed.next.command': 'Comando que lee lo que sigue',
  'feed.both': 'Un evento que también llegó por solicitud tiene aquí el mismo webhook-id.',
  'feed.inactive': 'Este webhook está inactivo: no llega nada a su feed.',
  'feed.quiet': 'Se recoge',
  'feed.log.empty': 'Aparecen aquí según llegan al feed.',
  'feed.test': 'No hay nada que probar: a este webhook no se le envía nada',
  'feed.test.text': 'Sus eventos se recogen de su feed.',
  'feed.test.read': 'Cómo leerlo',
  'feed.deactivate':
    'No llegará nada a su feed hasta que se active de nuevo. Lo que hay en el feed se puede seguir recogiendo; una recuperación añade lo que no recibió.',
  'feed.delete':
    'Su feed ya no se podrá leer. Un webhook eliminado no se puede recuperar. Con él se pierden:',
  'feed.delete.events': 'los eventos de su feed, recogidos o no',

  'feed.recovery.lead':
    'Añade a su feed lo que no llegó desde un momento dado: entregas fallidas y eventos que el webhook no recibió.',
  'feed.recovery.number': {
    one: '{count} evento llegará al feed',
    other: '{count} eventos llegarán al feed',
  },
  'feed.recovery.nothing': 'Nada que recuperar: todo desde entonces llegó o está en el feed.',
  'feed.recovery.start': { one: 'Recuperar {count} evento', other: 'Recuperar {count} eventos' },
  'feed.recovery.done': {
    one: '{count} evento llegó al feed',
    other: '{count} eventos llegaron al feed',
  },

  'feed.developers': 'Recoger eventos sin un servidor',
  'feed.developers.text':
    'Un webhook con el transport pull no necesita URL. Sus eventos esperan en un feed, con los cuerpos y las cabeceras que tendrían las solicitudes.',
  'feed.developers.create': 'Comando que crea un webhook del que recoger',
};
