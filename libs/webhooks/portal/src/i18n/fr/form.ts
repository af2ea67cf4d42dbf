import type { form as english } from '../en/form.js';
import type { Area } from '../messages.js';

export const form: Area<typeof english> = {
  'form.add': 'Ajouter un webhook',
  'form.edit': 'Modifier le webhook',
  'form.save': 'Enregistrer',
  'form.more': 'Plus',
  'form.created': 'Webhook ajouté',
  'form.saved': 'Webhook enregistré',
  'form.unchanged': 'Rien n’a été modifié',
  'form.refused': {
    one: '{count} champ demande une autre valeur',
    other: '{count} champs demandent une autre valeur',
  },

  'form.contractId': 'ID du contrat',
  'form.contractId.help': 'Celui dont les événements sont transmis.',
  'form.contractId.none': 'Aucun contrat avec des webhooks ne correspond. Tout contrat peut être saisi.',
  'form.url': 'URL',
  'form.url.help': 'Votre point d’accès HTTPS. Il reçoit une requête POST pour chaque événement.',
  'form.url.masked':
    'Ses identifiants sont masqués. Laissez-la telle quelle pour les garder, ou saisissez l’URL entière.',
  'form.eventTypes': 'Type d’événement',
  'form.eventTypes.search': 'Rechercher des types d’événement',
  'form.eventTypes.none': 'Aucun type d’événement ne correspond',
  'form.eventTypes.patterns': 'Plusieurs à la fois',
  'form.eventTypes.all': 'Tous les événements',
  'form.eventTypes.all.help': 'Chaque événement du contrat, y compris les types à venir.',
  'form.eventTypes.prefix.help': 'Chaque type d’événement qui commence par {prefix}',
  'form.status': 'Statut',
  'form.status.help': 'Seuls les webhooks actifs envoient des notifications.',
  'form.status.disabled': 'Il a été désactivé. Choisissez Actif dès que son récepteur fonctionne à nouveau.',

  'form.section.body': 'Corps',
  'form.section.narrow': 'Certains événements seulement',
  'form.section.request': 'Requêtes',
  'form.section.pace': 'Cadence',

  'form.profile': 'Profil',
  'form.profile.help': 'La forme du corps, et le vocabulaire employé.',
  'form.format': 'Format',
  'form.locale': 'Langue',
  'form.locale.help': 'Des textes du corps.',
  'form.useContactLanguage': 'D’abord la langue du client',
  'form.useContactLanguage.help': 'Si une réservation en indique une, elle passe avant la langue ci-dessus.',
  'form.capabilities': 'Capabilities',
  'form.capabilities.help': 'Les parties du modèle OCTO que contient un corps.',
  'form.capabilities.search': 'Rechercher des capabilities',
  'form.capabilities.none': 'Aucune capability ne correspond',

  'form.filters.productIds': 'ID de produit',
  'form.filters.statuses': 'États',
  'form.filters.changedPaths': 'Champs modifiés',
  'form.filters.help': 'Séparés par des virgules ; vide pour tous.',
  'form.filters.changedPaths.help':
    'Pointeurs JSON comme /booking/status, séparés par des virgules ; vide pour tous.',

  'form.headers': 'En-têtes de requête',
  'form.headers.help':
    'Envoyés avec chaque requête. Les valeurs sont stockées chiffrées et ne sont plus affichées.',
  'form.headers.unreadable': 'Les en-têtes stockés ne sont plus lisibles. Saisissez-les à nouveau.',
  'form.headers.name': 'Nom',
  'form.headers.value': 'Valeur',
  'form.headers.kept': 'Stockée ; laisser vide pour la garder',
  'form.headers.add': 'Ajouter un en-tête',
  'form.headers.remove': 'Retirer l’en-tête {name}',

  'form.signing': 'Signature',
  'form.signing.standard': 'Standard Webhooks',
  'form.signing.standard.help': 'HMAC-SHA256 avec un secret partagé',
  'form.signing.ed25519': 'Standard Webhooks, Ed25519',
  'form.signing.ed25519.help': 'Vous vérifiez avec une clé publique',
  'form.signing.hmac': 'HMAC simple',
  'form.signing.hmac.help': 'HMAC-SHA256 du corps seul, dans un en-tête de votre choix',
  'form.signing.none': 'Aucune',
  'form.signing.none.help': 'Personne ne peut dire qui a envoyé la requête',
  'form.signing.fixed':
    'Elle vaut pour toute la vie du webhook. Pour signer autrement, ajoutez un autre webhook.',
  'form.signatureHeader': 'En-tête de la signature',
  'form.signaturePrefix': 'Avant la signature',

  'form.retryOnError': 'Réessayer en cas d’échec',
  'form.retryOnError.help': 'Après {delays}.',
  'form.ordering': 'Ordre',
  'form.ordering.none': 'À mesure des échéances',
  'form.ordering.none.help': 'Un échec ne retarde aucune autre livraison',
  'form.ordering.resource': 'Dans l’ordre pour chaque ressource',
  'form.ordering.resource.help': 'Les événements d’une réservation partent l’un après l’autre',
  'form.maxInFlight': 'Requêtes simultanées',
  'form.maxInFlight.help': '1 à 100 ; {count} si vide.',
  'form.maxPerSecond': 'Requêtes par seconde',
  'form.maxPerSecond.help': '1 à 1000 ; sans limite si vide.',

  'secret.title': 'Le secret du webhook',
  'secret.text':
    'Copiez-le maintenant : il ne sera plus affiché. Il vous sert à vérifier qu’une requête vient de nous.',
  'secret.done': 'Je l’ai enregistré',
  'publicKey.title': 'La clé publique du webhook',
  'publicKey.text':
    'Elle vous sert à vérifier qu’une requête vient de nous. Vous la retrouvez sur la page du webhook.',
  'publicKey.done': 'Terminé',
  'rotate.title': 'Renouveler le secret ?',
  'rotate.text':
    'Les requêtes sont aussitôt signées avec le nouveau secret, et aussi avec l’ancien pendant encore {duration}.',
  'rotate.hmac':
    'Les requêtes sont aussitôt signées avec le nouveau secret. L’ancien ne vérifie dès lors plus rien.',
  'rotate.confirm': 'Renouveler le secret',
};
