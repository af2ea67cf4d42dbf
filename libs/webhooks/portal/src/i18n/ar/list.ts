import type { list as english } from '../en/list.js';
import type { Area } from '../messages.js';

export const list: Area<typeof english> = {
  'list.title': 'الويب هوك',
  'list.count': { zero: 'لا ويب هوك', one: 'ويب هوك واحد', other: '{count} ويب هوك' },
  'list.add': 'إضافة',
  'list.download': 'تنزيل Excel',
  'list.downloadCsv': 'CSV',
  'list.filters': 'تصفية وترتيب',
  'list.clear': 'إزالة عوامل التصفية',

  'list.column.no': 'الرقم',
  'list.column.contract': 'العقد',
  'list.column.url': 'عنوان URL',
  'list.column.eventType': 'نوع الحدث',
  'list.column.status': 'الحالة',
  'list.column.health': 'آخر 24 ساعة',
  'list.column.actions': 'الإجراءات',

  'list.filter': 'تصفية حسب {column}',
  'list.filter.id': 'المعرّف',
  'list.filter.contains': 'يحتوي على',
  'list.filter.failing': 'يفشل',
  'list.filter.healthy': 'لا يفشل',
  'list.filter.gone': 'معطّل: ‎410 Gone',
  'list.filter.exhausted': 'معطّل: استُنفدت المحاولات',
  'list.filter.failures': 'معطّل: حالات فشل كثيرة',

  'list.edit': 'تعديل {url}',
  'list.delete': 'حذف {url}',
  'list.hours': 'نجح {succeeded} وفشل {failed} في آخر 24 ساعة',
  'list.hoursPartial': 'نجح {succeeded} وفشل {failed} من بين الأحدث في آخر 24 ساعة',
  'list.quiet': 'لا إرسالات',
  'list.failingSince': 'يفشل منذ {time}',
  'list.moreTypes': '{count} أخرى',

  'list.empty': 'لا يوجد ويب هوك بعد',
  'list.empty.text': 'أضف واحدًا: عنوانًا لك، والأحداث التي يجب إبلاغه بها.',
  'list.none': 'لا يوجد ويب هوك مطابق',
  'list.none.text': 'غيّر عوامل التصفية أو أزلها.',
  'list.loading': 'جارٍ تحميل الويب هوك',

  'delete.title': 'هل تريد حذف هذا الويب هوك؟',
  'delete.text': 'لن يُرسَل شيء بعد الآن إلى {url}. لا يمكن استعادة ويب هوك محذوف. ويُفقد معه:',
  'delete.log': 'سجل الإرسال بكل محاولاته',
  'delete.pending': {
    one: 'إرسال واحد لم يُرسَل بعد',
    two: 'إرسالان لم يُرسَلا بعد',
    few: '{count} إرسالات لم تُرسَل بعد',
    other: '{count} إرسالًا لم يُرسَل بعد',
  },
  'delete.pendingMany': 'أكثر من {count} إرسال لم يُرسَل بعد',
  'delete.pendingUnknown': 'الإرسالات التي لم تُرسَل بعد',
  'delete.secret': 'سرّه وترويسات طلباته',
  'delete.confirm': 'حذف الويب هوك',
  'delete.done': 'تم حذف الويب هوك',
};
