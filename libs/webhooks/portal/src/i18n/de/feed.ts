import type { feed as english } from '../en/feed.js';
import type { Area } from '../messages.js';

export const feed: Area<typeof english> = {
  'feed.title': 'Feed',
  'feed.text': 'Holen Sie die Ereignisse hier ab, die ältesten zuerst.',
  'feed.kept': {
    one: 'Sie bleiben {count} Tag, abgeholt oder nicht.',
    other: 'Sie bleiben {count} Tage, abgeholt oder nicht.',
  },
  'feed.command': 'Befehl, der den Feed liest',
  'feed.next':
    'Merken Sie sich den nextCursor der Antwort und geben Sie ihn beim nächsten Mal als after an. Solange hasMore true ist, fragen Sie sofort weiter, sonst etwa einmal in der Minute.',
  'feed.next.command': 'Befehl, der liest, was folgt',
  'feed.both': 'Ein Ereignis, das auch als Anfrage kam, hat hier dieselbe webhook-id.',
  'feed.inactive': 'Dieser Webhook ist inaktiv: Es kommt nichts in seinen Feed.',
  'feed.quiet': 'Wird abgeholt',
  'feed.log.empty': 'Sie erscheinen hier, sobald sie in den Feed kommen.',
  'feed.test': 'Es gibt nichts zu testen: An diesen Webhook wird nichts gesendet',
  'feed.test.text': 'Seine Ereignisse werden aus seinem Feed abgeholt.',
  'feed.test.read': 'Wie man ihn liest',
  'feed.deactivate':
    'In seinen Feed kommt nichts, bis er wieder aktiviert wird. Was im Feed ist, kann weiter abgeholt werden; Nachholen ergänzt, was an ihm vorbeiging.',
  'feed.delete':
    'Sein Feed kann nicht mehr gelesen werden. Ein gelöschter Webhook kann nicht wiederhergestellt werden. Mit ihm gehen:',
  'feed.delete.events': 'die Ereignisse in seinem Feed, abgeholt oder nicht',

  'feed.recovery.lead':
    'Bringt in seinen Feed, was seit einem Zeitpunkt nicht angekommen ist: fehlgeschlagene Zustellungen und Ereignisse, die am Webhook vorbeigingen.',
  'feed.recovery.number': {
    one: '{count} Ereignis kommt in den Feed',
    other: '{count} Ereignisse kommen in den Feed',
  },
  'feed.recovery.nothing': 'Nichts nachzuholen: Alles seitdem ist angekommen oder im Feed.',
  'feed.recovery.start': { one: '{count} Ereignis nachholen', other: '{count} Ereignisse nachholen' },
  'feed.recovery.done': {
    one: '{count} Ereignis kam in den Feed',
    other: '{count} Ereignisse kamen in den Feed',
  },

  'feed.developers': 'Ereignisse ohne Server abholen',
  'feed.developers.text':
    'Ein Webhook mit dem transport pull braucht keine URL. Seine Ereignisse warten in einem Feed, mit den Inhalten und Headern, die Anfragen hätten.',
  'feed.developers.create': 'Befehl, der einen Webhook zum Abholen anlegt',
};
