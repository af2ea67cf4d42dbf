import type { ui as english } from '../en/ui.js';
import type { Area } from '../messages.js';

export const ui: Area<typeof english> = {
  'ui.close': 'إغلاق',
  'ui.cancel': 'إلغاء',
  'ui.copy': 'نسخ',
  'ui.copied': 'تم النسخ',
  'ui.optional': 'اختياري',
  'ui.pending': 'جارٍ التنفيذ',
  'ui.retry': 'إعادة المحاولة',
  'ui.sortBy': 'ترتيب حسب {column}',
  'ui.all': 'الكل',
  'ui.default': 'الافتراضي: {value}',

  'problem.offline': 'لا يوجد رد من الخادم.',
  'problem.offline.detail': 'تحقّق من اتصالك ثم أعد المحاولة.',
  'problem.signedOut': 'تم تسجيل خروجك.',
  'problem.signedOut.detail': 'سجّل الدخول من جديد ثم أعد تحميل هذه الصفحة.',
  'problem.forbidden': 'ليس لديك إذن بذلك.',
  'problem.notFound': 'غير موجود، أو لا يحق لك رؤيته.',
  'problem.refused': 'تم رفض ذلك.',
  'problem.server': 'حدث خطأ في الخادم.',
  'problem.page': 'في هذه الصفحة خلل.',
};
