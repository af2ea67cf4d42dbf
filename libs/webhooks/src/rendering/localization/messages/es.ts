import type { MessageKey } from './en.js';

export const es: Record<MessageKey, string> = {
  'flight.status.scheduled': 'Programado',
  'flight.status.on_time': 'A tiempo',
  'flight.status.boarding': 'Embarcando',
  'flight.status.departed': 'Ha salido',
  'flight.status.delayed': 'Retraso de {duration}',
  'flight.status.delayed_unknown': 'Retrasado',
  'flight.status.cancelled': 'Cancelado',
  'flight.status.diverted': 'Desviado',
  'flight.status.landed': 'Ha aterrizado',

  'booking.status.on_hold': 'En espera',
  'booking.status.confirmed': 'Confirmada',
  'booking.status.cancelled': 'Cancelada',
  'booking.status.expired': 'Caducada',
  'booking.status.redeemed': 'Canjeada',
  'booking.status.pending': 'Pendiente',

  'payment.status.paid': 'Pagado',
  'payment.status.refunded': 'Reembolsado',

  'duration.minutes': '{minutes, plural, one {# minuto} many {# de minutos} other {# minutos}}',
  'duration.hours_minutes':
    '{hours, plural, one {# hora} many {# de horas} other {# horas}}{minutes, plural, =0 {} one { y # minuto} many { y # de minutos} other { y # minutos}}',

  'eventType.canonical.booking_created.label': 'Reserva creada',
  'eventType.canonical.booking_created.description': 'Se hizo una reserva, confirmada o no.',
  'eventType.canonical.booking_confirmed.label': 'Reserva confirmada',
  'eventType.canonical.booking_confirmed.description': 'Una reserva que estaba en espera ya está confirmada.',
  'eventType.canonical.booking_updated.label': 'Reserva actualizada',
  'eventType.canonical.booking_updated.description': 'Cambió algún dato de una reserva existente.',
  'eventType.canonical.booking_cancelled.label': 'Reserva cancelada',
  'eventType.canonical.booking_cancelled.description':
    'El cliente, el socio o el proveedor canceló una reserva.',
  'eventType.canonical.order_updated.label': 'Pedido actualizado',
  'eventType.canonical.order_updated.description': 'Cambió un pedido, con todas sus reservas.',
  'eventType.canonical.payment_received.label': 'Pago recibido',
  'eventType.canonical.payment_received.description': 'Se recibió el pago de una reserva.',
  'eventType.canonical.payment_refunded.label': 'Pago reembolsado',
  'eventType.canonical.payment_refunded.description': 'Se devolvió el dinero de una reserva.',
  'eventType.canonical.availability_updated.label': 'Disponibilidad actualizada',
  'eventType.canonical.availability_updated.description':
    'Cambiaron las plazas libres o el calendario de un producto.',
  'eventType.canonical.product_added.label': 'Producto añadido',
  'eventType.canonical.product_added.description': 'Hay un nuevo producto disponible en el contrato.',
  'eventType.canonical.product_updated.label': 'Producto actualizado',
  'eventType.canonical.product_updated.description': 'Cambió un producto existente.',
  'eventType.canonical.product_removed.label': 'Producto eliminado',
  'eventType.canonical.product_removed.description': 'Un producto ya no está disponible en el contrato.',
  'eventType.canonical.rate_updated.label': 'Tarifa actualizada',
  'eventType.canonical.rate_updated.description': 'Cambió una tarifa o un descuento.',
  'eventType.canonical.flight_status_changed.label': 'Cambio en el estado de retraso del vuelo',
  'eventType.canonical.flight_status_changed.description':
    'Cambió el estado de un vuelo reservado, por ejemplo, a retrasado.',
  'eventType.canonical.webhook_failing.label': 'Webhook con fallos',
  'eventType.canonical.webhook_failing.description':
    'Fallaron varias solicitudes seguidas a otro webhook del contrato y está en pausa.',
  'eventType.canonical.webhook_disabled.label': 'Webhook desactivado',
  'eventType.canonical.webhook_disabled.description':
    'Se desactivó otro webhook del contrato porque su receptor ya no existe o seguía fallando.',
  'eventType.canonical.webhook_resumed.label': 'Webhook reanudado',
  'eventType.canonical.webhook_resumed.description':
    'Otro webhook del contrato, que fallaba o estaba desactivado, vuelve a recibir envíos.',

  'eventType.octo.booking_update.label': 'Actualización de reserva',
  'eventType.octo.booking_update.description':
    'Una reserva existente se confirmó, se actualizó o se canceló.',
  'eventType.octo.availability_update.label': 'Actualización de disponibilidad',
  'eventType.octo.availability_update.description': 'Cambió la disponibilidad de un producto.',
  'eventType.octo.order_update.label': 'Actualización de pedido',
  'eventType.octo.order_update.description': 'Cambió un pedido; se envía con todas sus reservas.',
  'eventType.octo.product_update.label': 'Actualización de producto',
  'eventType.octo.product_update.description': 'Un producto se añadió, se modificó o se eliminó.',

  'eventType.octo_notification.booking_update.label': 'Aviso de reserva',
  'eventType.octo_notification.booking_update.description':
    'Indica qué reserva cambió, sin incluir su contenido.',
  'eventType.octo_notification.availability_update.label': 'Aviso de disponibilidad',
  'eventType.octo_notification.availability_update.description':
    'Indica de qué producto y en qué fechas cambió la disponibilidad, sin incluirla.',
  'eventType.octo_notification.product_update.label': 'Aviso de producto',
  'eventType.octo_notification.product_update.description':
    'Indica qué producto cambió, sin incluir su contenido.',

  'eventType.checkfront.booking_modified.label': 'Reserva modificada',
  'eventType.checkfront.booking_modified.description': 'Se creó o se modificó una reserva.',
  'eventType.checkfront.booking_status_change.label': 'Cambio de estado de la reserva',
  'eventType.checkfront.booking_status_change.description':
    'Cambió el estado de una reserva, por ejemplo, a pagada o cancelada.',
  'eventType.checkfront.new_payment_refund.label': 'Nuevo pago o reembolso',
  'eventType.checkfront.new_payment_refund.description': 'Se recibió o se reembolsó un pago.',
  'eventType.checkfront.item_update.label': 'Actualización de artículo',
  'eventType.checkfront.item_update.description': 'Un artículo se añadió, se modificó o se eliminó.',
  'eventType.checkfront.item_event_discount_edit.label': 'Edición de evento o descuento del artículo',
  'eventType.checkfront.item_event_discount_edit.description':
    'Se editó una tarifa de temporada, un evento o un descuento de un artículo.',
  'eventType.checkfront.item_calendar_edit.label': 'Edición del calendario del artículo',
  'eventType.checkfront.item_calendar_edit.description':
    'Cambió el calendario de un artículo y, con él, lo que se puede reservar.',

  'eventType.capdata.new_flight_reservation_from_extension.label': 'Nueva reserva de vuelo',
  'eventType.capdata.new_flight_reservation_from_extension.description':
    'La extensión capturó una reserva de vuelo.',
  'eventType.capdata.flight_reservation_updated.label': 'Reserva de vuelo actualizada',
  'eventType.capdata.flight_reservation_updated.description': 'Cambió una reserva de vuelo existente.',

  'eventType.delay_care.flight_delay_status_change.label': 'Cambio en el estado de retraso del vuelo',
  'eventType.delay_care.flight_delay_status_change.description':
    'Cambió el estado de un vuelo, por ejemplo, de programado a retrasado.',
  'eventType.delay_care.product_added.label': 'Producto añadido',
  'eventType.delay_care.product_added.description': 'Hay un nuevo producto disponible en el contrato.',
  'eventType.delay_care.product_updated.label': 'Producto actualizado',
  'eventType.delay_care.product_updated.description': 'Cambió un producto existente del contrato.',
  'eventType.delay_care.product_removed.label': 'Producto eliminado',
  'eventType.delay_care.product_removed.description': 'Un producto ya no está disponible en el contrato.',
};
