import type { MessageKey } from './en.js';

/** Durations are worded in the nominative, so a message that holds one must not put it after a preposition. */
export const ar: Record<MessageKey, string> = {
  'flight.status.scheduled': 'مجدولة',
  'flight.status.on_time': 'في موعدها',
  'flight.status.boarding': 'جارٍ الصعود إلى الطائرة',
  'flight.status.departed': 'غادرت',
  'flight.status.delayed': 'تأخير مدته {duration}',
  'flight.status.delayed_unknown': 'متأخرة',
  'flight.status.cancelled': 'ملغاة',
  'flight.status.diverted': 'تم تحويل مسارها',
  'flight.status.landed': 'هبطت',

  'booking.status.on_hold': 'معلّق',
  'booking.status.confirmed': 'مؤكد',
  'booking.status.cancelled': 'ملغى',
  'booking.status.expired': 'منتهي الصلاحية',
  'booking.status.redeemed': 'مستخدم',
  'booking.status.pending': 'قيد الانتظار',

  'payment.status.paid': 'مدفوع',
  'payment.status.refunded': 'مُسترَد',

  'duration.minutes':
    '{minutes, plural, zero {# دقيقة} one {دقيقة واحدة} two {دقيقتان} few {# دقائق} many {# دقيقة} other {# دقيقة}}',
  'duration.hours_minutes':
    '{hours, plural, zero {# ساعة} one {ساعة واحدة} two {ساعتان} few {# ساعات} many {# ساعة} other {# ساعة}}{minutes, plural, zero {} one { ودقيقة واحدة} two { ودقيقتان} few { و# دقائق} many { و# دقيقة} other { و# دقيقة}}',

  'eventType.canonical.booking_created.label': 'تم إنشاء حجز',
  'eventType.canonical.booking_created.description': 'تم إجراء حجز، سواء كان مؤكدًا أم لا.',
  'eventType.canonical.booking_confirmed.label': 'تم تأكيد حجز',
  'eventType.canonical.booking_confirmed.description': 'تم تأكيد حجز كان معلّقًا.',
  'eventType.canonical.booking_updated.label': 'تم تحديث حجز',
  'eventType.canonical.booking_updated.description': 'تغيّر شيء ما في حجز قائم.',
  'eventType.canonical.booking_cancelled.label': 'تم إلغاء حجز',
  'eventType.canonical.booking_cancelled.description': 'تم إلغاء حجز من قِبل الضيف أو الشريك أو المورّد.',
  'eventType.canonical.order_updated.label': 'تم تحديث طلب',
  'eventType.canonical.order_updated.description': 'تغيّر طلب بجميع حجوزاته.',
  'eventType.canonical.payment_received.label': 'تم استلام دفعة',
  'eventType.canonical.payment_received.description': 'تم استلام مبلغ مقابل حجز.',
  'eventType.canonical.payment_refunded.label': 'تم ردّ دفعة',
  'eventType.canonical.payment_refunded.description': 'تم ردّ مبلغ مدفوع مقابل حجز.',
  'eventType.canonical.availability_updated.label': 'تم تحديث التوافر',
  'eventType.canonical.availability_updated.description': 'تغيّرت الأماكن المتاحة لمنتج أو تغيّر تقويمه.',
  'eventType.canonical.product_added.label': 'تمت إضافة منتج',
  'eventType.canonical.product_added.description': 'أصبح منتج جديد متاحًا بموجب العقد.',
  'eventType.canonical.product_updated.label': 'تم تحديث منتج',
  'eventType.canonical.product_updated.description': 'تغيّر منتج قائم.',
  'eventType.canonical.product_removed.label': 'تمت إزالة منتج',
  'eventType.canonical.product_removed.description': 'لم يعد منتج متاحًا بموجب العقد.',
  'eventType.canonical.rate_updated.label': 'تم تحديث سعر',
  'eventType.canonical.rate_updated.description': 'تغيّر سعر أو خصم.',
  'eventType.canonical.flight_status_changed.label': 'تغيّر حالة تأخير الرحلة',
  'eventType.canonical.flight_status_changed.description': 'تغيّرت حالة رحلة جوية محجوزة، مثلًا إلى متأخرة.',
  'eventType.canonical.webhook_failing.label': 'تعثّر ويب هوك',
  'eventType.canonical.webhook_failing.description':
    'فشلت عدة طلبات متتالية إلى ويب هوك آخر في العقد، وهو متوقف مؤقتًا.',
  'eventType.canonical.webhook_disabled.label': 'تعطيل ويب هوك',
  'eventType.canonical.webhook_disabled.description':
    'أُوقف ويب هوك آخر في العقد لأن مستقبِله لم يعد موجودًا أو استمر في الفشل.',
  'eventType.canonical.webhook_resumed.label': 'استئناف ويب هوك',
  'eventType.canonical.webhook_resumed.description':
    'عاد الإرسال إلى ويب هوك آخر في العقد كان متعثرًا أو معطلًا.',

  'eventType.octo.booking_update.label': 'تحديث حجز',
  'eventType.octo.booking_update.description': 'تم تأكيد حجز قائم أو تحديثه أو إلغاؤه.',
  'eventType.octo.availability_update.label': 'تحديث التوافر',
  'eventType.octo.availability_update.description': 'تغيّر توافر منتج.',
  'eventType.octo.order_update.label': 'تحديث طلب',
  'eventType.octo.order_update.description': 'تغيّر طلب، ويُرسَل مع جميع حجوزاته.',
  'eventType.octo.product_update.label': 'تحديث منتج',
  'eventType.octo.product_update.description': 'تمت إضافة منتج أو تعديله أو إزالته.',

  'eventType.octo_notification.booking_update.label': 'إشعار بشأن حجز',
  'eventType.octo_notification.booking_update.description': 'يحدّد الحجز الذي تغيّر، من دون محتواه.',
  'eventType.octo_notification.availability_update.label': 'إشعار بشأن التوافر',
  'eventType.octo_notification.availability_update.description':
    'يحدّد المنتج والتواريخ التي تغيّر توافرها، من دون بيانات التوافر نفسها.',
  'eventType.octo_notification.product_update.label': 'إشعار بشأن منتج',
  'eventType.octo_notification.product_update.description': 'يحدّد المنتج الذي تغيّر، من دون محتواه.',

  'eventType.checkfront.booking_modified.label': 'تم تعديل حجز',
  'eventType.checkfront.booking_modified.description': 'تم إنشاء حجز أو تعديله.',
  'eventType.checkfront.booking_status_change.label': 'تغيّر حالة الحجز',
  'eventType.checkfront.booking_status_change.description': 'تغيّرت حالة حجز، مثلًا إلى مدفوع أو ملغى.',
  'eventType.checkfront.new_payment_refund.label': 'دفعة جديدة أو ردّ مبلغ',
  'eventType.checkfront.new_payment_refund.description': 'تم استلام دفعة أو ردّها.',
  'eventType.checkfront.item_update.label': 'تحديث عنصر',
  'eventType.checkfront.item_update.description': 'تمت إضافة عنصر أو تعديله أو إزالته.',
  'eventType.checkfront.item_event_discount_edit.label': 'تعديل فعالية العنصر أو خصمه',
  'eventType.checkfront.item_event_discount_edit.description':
    'تم تعديل سعر موسمي أو فعالية أو خصم لأحد العناصر.',
  'eventType.checkfront.item_calendar_edit.label': 'تعديل تقويم العنصر',
  'eventType.checkfront.item_calendar_edit.description': 'تغيّر تقويم عنصر، وتغيّر معه ما يمكن حجزه.',

  'eventType.capdata.new_flight_reservation_from_extension.label': 'حجز رحلة جوية جديد',
  'eventType.capdata.new_flight_reservation_from_extension.description':
    'التقطت الإضافة حجز رحلة جوية جديدًا.',
  'eventType.capdata.flight_reservation_updated.label': 'تم تحديث حجز رحلة جوية',
  'eventType.capdata.flight_reservation_updated.description': 'تغيّر حجز رحلة جوية قائم.',

  'eventType.delay_care.flight_delay_status_change.label': 'تغيّر حالة تأخير الرحلة',
  'eventType.delay_care.flight_delay_status_change.description':
    'تغيّرت حالة رحلة جوية، مثلًا من مجدولة إلى متأخرة.',
  'eventType.delay_care.product_added.label': 'تمت إضافة منتج',
  'eventType.delay_care.product_added.description': 'أصبح منتج جديد متاحًا بموجب العقد.',
  'eventType.delay_care.product_updated.label': 'تم تحديث منتج',
  'eventType.delay_care.product_updated.description': 'تغيّر منتج قائم ضمن العقد.',
  'eventType.delay_care.product_removed.label': 'تمت إزالة منتج',
  'eventType.delay_care.product_removed.description': 'لم يعد منتج متاحًا بموجب العقد.',
};
