import type { MessageKey } from './en.js';

/** CLDR's `pt` is Brazil's; the wording is one that Portugal understands. A host may add `pt-PT`. */
export const pt: Record<MessageKey, string> = {
  'flight.status.scheduled': 'Previsto',
  'flight.status.on_time': 'No horário',
  'flight.status.boarding': 'Em embarque',
  'flight.status.departed': 'Partiu',
  'flight.status.delayed': 'Atraso de {duration}',
  'flight.status.delayed_unknown': 'Atrasado',
  'flight.status.cancelled': 'Cancelado',
  'flight.status.diverted': 'Desviado',
  'flight.status.landed': 'Pousou',

  'booking.status.on_hold': 'Em espera',
  'booking.status.confirmed': 'Confirmada',
  'booking.status.cancelled': 'Cancelada',
  'booking.status.expired': 'Expirada',
  'booking.status.redeemed': 'Utilizada',
  'booking.status.pending': 'Pendente',

  'payment.status.paid': 'Pago',
  'payment.status.refunded': 'Reembolsado',

  'duration.minutes': '{minutes, plural, one {# minuto} many {# de minutos} other {# minutos}}',
  'duration.hours_minutes':
    '{hours, plural, one {# hora} many {# de horas} other {# horas}}{minutes, plural, =0 {} one { e # minuto} many { e # de minutos} other { e # minutos}}',

  'eventType.canonical.booking_created.label': 'Reserva criada',
  'eventType.canonical.booking_created.description': 'Foi feita uma reserva, confirmada ou não.',
  'eventType.canonical.booking_confirmed.label': 'Reserva confirmada',
  'eventType.canonical.booking_confirmed.description':
    'Uma reserva que estava em espera está agora confirmada.',
  'eventType.canonical.booking_updated.label': 'Reserva atualizada',
  'eventType.canonical.booking_updated.description': 'Algo mudou em uma reserva existente.',
  'eventType.canonical.booking_cancelled.label': 'Reserva cancelada',
  'eventType.canonical.booking_cancelled.description':
    'Uma reserva foi cancelada pelo cliente, pelo parceiro ou pelo fornecedor.',
  'eventType.canonical.order_updated.label': 'Pedido atualizado',
  'eventType.canonical.order_updated.description': 'Um pedido, com todas as suas reservas, mudou.',
  'eventType.canonical.payment_received.label': 'Pagamento recebido',
  'eventType.canonical.payment_received.description': 'O pagamento de uma reserva foi recebido.',
  'eventType.canonical.payment_refunded.label': 'Pagamento reembolsado',
  'eventType.canonical.payment_refunded.description': 'O pagamento de uma reserva foi devolvido.',
  'eventType.canonical.availability_updated.label': 'Disponibilidade atualizada',
  'eventType.canonical.availability_updated.description': 'As vagas ou o calendário de um produto mudaram.',
  'eventType.canonical.product_added.label': 'Produto adicionado',
  'eventType.canonical.product_added.description': 'Um novo produto ficou disponível no contrato.',
  'eventType.canonical.product_updated.label': 'Produto atualizado',
  'eventType.canonical.product_updated.description': 'Um produto existente mudou.',
  'eventType.canonical.product_removed.label': 'Produto removido',
  'eventType.canonical.product_removed.description': 'Um produto deixou de estar disponível no contrato.',
  'eventType.canonical.rate_updated.label': 'Tarifa atualizada',
  'eventType.canonical.rate_updated.description': 'Uma tarifa ou um desconto mudou.',
  'eventType.canonical.flight_status_changed.label': 'Mudança no status de atraso do voo',
  'eventType.canonical.flight_status_changed.description':
    'O status de um voo reservado mudou, por exemplo, para atrasado.',
  'eventType.canonical.webhook_failing.label': 'Webhook com falhas',
  'eventType.canonical.webhook_failing.description':
    'Várias solicitações seguidas a outro webhook do contrato falharam, e ele está em pausa.',
  'eventType.canonical.webhook_disabled.label': 'Webhook desativado',
  'eventType.canonical.webhook_disabled.description':
    'Outro webhook do contrato foi desativado porque seu destinatário não existe mais ou continuou falhando.',
  'eventType.canonical.webhook_resumed.label': 'Webhook retomado',
  'eventType.canonical.webhook_resumed.description':
    'Outro webhook do contrato, que estava com falhas ou desativado, voltou a receber envios.',

  'eventType.octo.booking_update.label': 'Atualização de reserva',
  'eventType.octo.booking_update.description':
    'Uma reserva existente foi confirmada, atualizada ou cancelada.',
  'eventType.octo.availability_update.label': 'Atualização de disponibilidade',
  'eventType.octo.availability_update.description': 'A disponibilidade de um produto mudou.',
  'eventType.octo.order_update.label': 'Atualização de pedido',
  'eventType.octo.order_update.description': 'Um pedido mudou; ele é enviado com todas as suas reservas.',
  'eventType.octo.product_update.label': 'Atualização de produto',
  'eventType.octo.product_update.description': 'Um produto foi adicionado, alterado ou removido.',

  'eventType.octo_notification.booking_update.label': 'Aviso de reserva',
  'eventType.octo_notification.booking_update.description': 'Indica a reserva que mudou, sem o seu conteúdo.',
  'eventType.octo_notification.availability_update.label': 'Aviso de disponibilidade',
  'eventType.octo_notification.availability_update.description':
    'Indica o produto e as datas cuja disponibilidade mudou, sem a disponibilidade em si.',
  'eventType.octo_notification.product_update.label': 'Aviso de produto',
  'eventType.octo_notification.product_update.description': 'Indica o produto que mudou, sem o seu conteúdo.',

  'eventType.checkfront.booking_modified.label': 'Reserva modificada',
  'eventType.checkfront.booking_modified.description': 'Uma reserva foi criada ou modificada.',
  'eventType.checkfront.booking_status_change.label': 'Mudança de status da reserva',
  'eventType.checkfront.booking_status_change.description':
    'O status de uma reserva mudou, por exemplo, para paga ou cancelada.',
  'eventType.checkfront.new_payment_refund.label': 'Novo pagamento ou reembolso',
  'eventType.checkfront.new_payment_refund.description': 'Um pagamento foi recebido ou reembolsado.',
  'eventType.checkfront.item_update.label': 'Atualização de item',
  'eventType.checkfront.item_update.description': 'Um item foi adicionado, alterado ou removido.',
  'eventType.checkfront.item_event_discount_edit.label': 'Edição de evento ou desconto do item',
  'eventType.checkfront.item_event_discount_edit.description':
    'Uma tarifa sazonal, um evento ou um desconto de um item foi editado.',
  'eventType.checkfront.item_calendar_edit.label': 'Edição do calendário do item',
  'eventType.checkfront.item_calendar_edit.description':
    'O calendário de um item mudou e, com ele, o que pode ser reservado.',

  'eventType.capdata.new_flight_reservation_from_extension.label': 'Nova reserva de voo',
  'eventType.capdata.new_flight_reservation_from_extension.description':
    'Uma reserva de voo foi capturada pela extensão.',
  'eventType.capdata.flight_reservation_updated.label': 'Reserva de voo atualizada',
  'eventType.capdata.flight_reservation_updated.description': 'Uma reserva de voo existente mudou.',

  'eventType.delay_care.flight_delay_status_change.label': 'Mudança no status de atraso do voo',
  'eventType.delay_care.flight_delay_status_change.description':
    'O status de um voo mudou, por exemplo, de previsto para atrasado.',
  'eventType.delay_care.product_added.label': 'Produto adicionado',
  'eventType.delay_care.product_added.description': 'Um novo produto ficou disponível no contrato.',
  'eventType.delay_care.product_updated.label': 'Produto atualizado',
  'eventType.delay_care.product_updated.description': 'Um produto existente do contrato mudou.',
  'eventType.delay_care.product_removed.label': 'Produto removido',
  'eventType.delay_care.product_removed.description': 'Um produto deixou de estar disponível no contrato.',
};
