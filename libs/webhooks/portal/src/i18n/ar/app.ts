import type { app as english } from '../en/app.js';
import type { Area } from '../messages.js';

export const app: Area<typeof english> = {
  'app.name': 'الويب هوك',
  'app.allContracts': 'كل العقود',
  'app.contract': 'العقد {contract}',
  'app.language': 'اللغة',
  'app.theme': 'الألوان',
  'app.theme.system': 'مثل النظام',
  'app.theme.light': 'فاتح',
  'app.theme.dark': 'داكن',
  'app.notFound': 'لا توجد صفحة كهذه',
  'app.notFound.text': 'قد يكون العنوان مكتوبًا خطأً، أو من إصدار أقدم.',
  'app.toList': 'إلى كل الويب هوك',

  'nav.label': 'العروض',
  'nav.skip': 'الانتقال إلى المحتوى',
  'nav.webhooks': 'الويب هوك',
  'nav.preview': 'معاينة',
  'nav.developers': 'للمطوّرين',

  'status.active': 'نشط',
  'status.inactive': 'غير نشط',
  'status.disabled': 'معطّل',

  'reason.gone': 'أجاب المستقبِل بـ ‎410 Gone.',
  'reason.exhausted': 'استنفد أحد الإرسالات كل محاولاته.',
  'reason.failures': 'حالات فشل متتالية كثيرة.',
};
