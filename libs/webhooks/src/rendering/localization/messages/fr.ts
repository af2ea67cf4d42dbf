import type { MessageKey } from './en.js';

export const fr: Record<MessageKey, string> = {
  'flight.status.scheduled': 'Prévu',
  'flight.status.on_time': 'À l’heure',
  'flight.status.boarding': 'Embarquement',
  'flight.status.departed': 'Parti',
  'flight.status.delayed': 'Retardé de {duration}',
  'flight.status.delayed_unknown': 'Retardé',
  'flight.status.cancelled': 'Annulé',
  'flight.status.diverted': 'Dérouté',
  'flight.status.landed': 'Atterri',

  'booking.status.on_hold': 'En option',
  'booking.status.confirmed': 'Confirmée',
  'booking.status.cancelled': 'Annulée',
  'booking.status.expired': 'Expirée',
  'booking.status.redeemed': 'Utilisée',
  'booking.status.pending': 'En attente',

  'payment.status.paid': 'Payé',
  'payment.status.refunded': 'Remboursé',

  'duration.minutes': '{minutes, plural, one {# minute} many {# de minutes} other {# minutes}}',
  'duration.hours_minutes':
    '{hours, plural, one {# heure} many {# d’heures} other {# heures}}{minutes, plural, =0 {} one { et # minute} many { et # de minutes} other { et # minutes}}',

  'eventType.canonical.booking_created.label': 'Réservation créée',
  'eventType.canonical.booking_created.description': 'Une réservation a été faite, confirmée ou non.',
  'eventType.canonical.booking_confirmed.label': 'Réservation confirmée',
  'eventType.canonical.booking_confirmed.description': 'Une réservation en option est désormais confirmée.',
  'eventType.canonical.booking_updated.label': 'Réservation modifiée',
  'eventType.canonical.booking_updated.description': 'Une réservation existante a changé.',
  'eventType.canonical.booking_cancelled.label': 'Réservation annulée',
  'eventType.canonical.booking_cancelled.description':
    'Une réservation a été annulée par le client, le partenaire ou le fournisseur.',
  'eventType.canonical.order_updated.label': 'Commande modifiée',
  'eventType.canonical.order_updated.description': 'Une commande, avec toutes ses réservations, a changé.',
  'eventType.canonical.payment_received.label': 'Paiement reçu',
  'eventType.canonical.payment_received.description': 'Le paiement d’une réservation a été reçu.',
  'eventType.canonical.payment_refunded.label': 'Paiement remboursé',
  'eventType.canonical.payment_refunded.description': 'Le paiement d’une réservation a été remboursé.',
  'eventType.canonical.availability_updated.label': 'Disponibilités modifiées',
  'eventType.canonical.availability_updated.description':
    'Les places disponibles ou le calendrier d’un produit ont changé.',
  'eventType.canonical.product_added.label': 'Produit ajouté',
  'eventType.canonical.product_added.description':
    'Un nouveau produit est disponible dans le cadre du contrat.',
  'eventType.canonical.product_updated.label': 'Produit modifié',
  'eventType.canonical.product_updated.description': 'Un produit existant a changé.',
  'eventType.canonical.product_removed.label': 'Produit retiré',
  'eventType.canonical.product_removed.description':
    'Un produit n’est plus disponible dans le cadre du contrat.',
  'eventType.canonical.rate_updated.label': 'Tarif modifié',
  'eventType.canonical.rate_updated.description': 'Un tarif ou une remise a changé.',
  'eventType.canonical.flight_status_changed.label': 'Changement du statut de retard d’un vol',
  'eventType.canonical.flight_status_changed.description':
    'Le statut d’un vol réservé a changé, par exemple pour passer à retardé.',
  'eventType.canonical.webhook_failing.label': 'Webhook en échec',
  'eventType.canonical.webhook_failing.description':
    'Plusieurs requêtes de suite vers un autre webhook du contrat ont échoué, il est en pause.',
  'eventType.canonical.webhook_disabled.label': 'Webhook désactivé',
  'eventType.canonical.webhook_disabled.description':
    'Un autre webhook du contrat a été désactivé parce que son destinataire n’existe plus ou échouait sans cesse.',
  'eventType.canonical.webhook_resumed.label': 'Webhook rétabli',
  'eventType.canonical.webhook_resumed.description':
    'Un autre webhook du contrat, qui était en échec ou désactivé, reçoit de nouveau les envois.',

  'eventType.octo.booking_update.label': 'Mise à jour d’une réservation',
  'eventType.octo.booking_update.description':
    'Une réservation existante a été confirmée, modifiée ou annulée.',
  'eventType.octo.availability_update.label': 'Mise à jour des disponibilités',
  'eventType.octo.availability_update.description': 'Les disponibilités d’un produit ont changé.',
  'eventType.octo.order_update.label': 'Mise à jour d’une commande',
  'eventType.octo.order_update.description':
    'Une commande a changé ; elle est envoyée avec toutes ses réservations.',
  'eventType.octo.product_update.label': 'Mise à jour d’un produit',
  'eventType.octo.product_update.description': 'Un produit a été ajouté, modifié ou retiré.',

  'eventType.octo_notification.booking_update.label': 'Notification de réservation',
  'eventType.octo_notification.booking_update.description':
    'Indique la réservation qui a changé, sans son contenu.',
  'eventType.octo_notification.availability_update.label': 'Notification de disponibilité',
  'eventType.octo_notification.availability_update.description':
    'Indique le produit et les dates dont les disponibilités ont changé, sans les disponibilités elles-mêmes.',
  'eventType.octo_notification.product_update.label': 'Notification de produit',
  'eventType.octo_notification.product_update.description':
    'Indique le produit qui a changé, sans son contenu.',

  'eventType.checkfront.booking_modified.label': 'Réservation modifiée',
  'eventType.checkfront.booking_modified.description': 'Une réservation a été créée ou modifiée.',
  'eventType.checkfront.booking_status_change.label': 'Changement du statut d’une réservation',
  'eventType.checkfront.booking_status_change.description':
    'Le statut d’une réservation a changé, par exemple pour passer à payée ou annulée.',
  'eventType.checkfront.new_payment_refund.label': 'Nouveau paiement ou remboursement',
  'eventType.checkfront.new_payment_refund.description': 'Un paiement a été reçu ou remboursé.',
  'eventType.checkfront.item_update.label': 'Mise à jour d’un article',
  'eventType.checkfront.item_update.description': 'Un article a été ajouté, modifié ou retiré.',
  'eventType.checkfront.item_event_discount_edit.label':
    'Modification d’un événement ou d’une remise d’un article',
  'eventType.checkfront.item_event_discount_edit.description':
    'Un tarif saisonnier, un événement ou une remise d’un article a été modifié.',
  'eventType.checkfront.item_calendar_edit.label': 'Modification du calendrier d’un article',
  'eventType.checkfront.item_calendar_edit.description':
    'Le calendrier d’un article a changé, et donc ce qui peut être réservé.',

  'eventType.capdata.new_flight_reservation_from_extension.label': 'Nouvelle réservation de vol',
  'eventType.capdata.new_flight_reservation_from_extension.description':
    'Une réservation de vol a été capturée par l’extension.',
  'eventType.capdata.flight_reservation_updated.label': 'Réservation de vol modifiée',
  'eventType.capdata.flight_reservation_updated.description': 'Une réservation de vol existante a changé.',

  'eventType.delay_care.flight_delay_status_change.label': 'Changement du statut de retard d’un vol',
  'eventType.delay_care.flight_delay_status_change.description':
    'Le statut d’un vol a changé, par exemple de prévu à retardé.',
  'eventType.delay_care.product_added.label': 'Produit ajouté',
  'eventType.delay_care.product_added.description':
    'Un nouveau produit est disponible dans le cadre du contrat.',
  'eventType.delay_care.product_updated.label': 'Produit modifié',
  'eventType.delay_care.product_updated.description': 'Un produit existant du contrat a changé.',
  'eventType.delay_care.product_removed.label': 'Produit retiré',
  'eventType.delay_care.product_removed.description':
    'Un produit n’est plus disponible dans le cadre du contrat.',
};
