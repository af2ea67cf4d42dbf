import type { feed as english } from '../en/feed.js';
import type { Area } from '../messages.js';

export const feed: Area<typeof english> = {
  'feed.title': 'Flux',
  'feed.text': 'Relevez ici les événements, les plus anciens d’abord.',
  'feed.kept': {
    one: 'Ils restent {count} jour, relevés ou non.',
    other: 'Ils restent {count} jours, relevés ou non.',
  },
  'feed.command': 'Commande qui lit le flux',
  'feed.next':
    'Gardez le nextCursor de la réponse et passez-le comme after la fois suivante. Tant que hasMore vaut true, redemandez aussitôt, sinon environ une fois par minute.',
  'feed.next.command': 'Commande qui lit la suite',
  'feed.both': 'Un événement arrivé aussi par requête porte ici le même webhook-id.',
  'feed.inactive': 'Ce webhook est inactif : rien n’arrive dans son flux.',
  'feed.quiet': 'À relever',
  'feed.log.empty': 'Elles apparaissent ici dès qu’elles entrent dans le flux.',
  'feed.test': 'Il n’y a rien à tester : rien n’est envoyé à ce webhook',
  'feed.test.text': 'Ses événements se relèvent dans son flux.',
  'feed.test.read': 'Comment le lire',
  'feed.deactivate':
    'Rien n’arrivera dans son flux tant qu’il n’est pas réactivé. Ce qui s’y trouve peut toujours être relevé ; un rattrapage ajoute ce qu’il n’a pas reçu.',
  'feed.delete':
    'Son flux ne pourra plus être lu. Un webhook supprimé ne peut pas être récupéré. Disparaissent avec lui :',
  'feed.delete.events': 'les événements de son flux, relevés ou non',

  'feed.recovery.lead':
    'Ajoute à son flux ce qui n’est pas arrivé depuis un moment donné : les livraisons en échec, et les événements que le webhook n’a pas reçus.',
  'feed.recovery.number': {
    one: '{count} événement arrivera dans le flux',
    other: '{count} événements arriveront dans le flux',
  },
  'feed.recovery.nothing': 'Rien à rattraper : depuis, tout est arrivé ou se trouve dans le flux.',
  'feed.recovery.start': { one: 'Rattraper {count} événement', other: 'Rattraper {count} événements' },
  'feed.recovery.done': {
    one: '{count} événement est arrivé dans le flux',
    other: '{count} événements sont arrivés dans le flux',
  },

  'feed.developers': 'Relever les événements sans serveur',
  'feed.developers.text':
    'Un webhook dont le transport est pull n’a pas besoin d’URL. Ses événements attendent dans un flux, avec les corps et les en-têtes qu’auraient les requêtes.',
  'feed.developers.create': 'Commande qui crée un webhook à relever',
};
