import type { developers as english } from '../en/developers.js';
import type { Area } from '../messages.js';

export const developers: Area<typeof english> = {
  'developers.title': 'للمطوّرين',
  'developers.lead': 'كل ما تفعله هذه الصفحة يمكن فعله عبر واجهة REST.',
  'developers.create': 'إنشاء ويب هوك',
  'developers.create.text': 'يتضمن الرد السرّ، هذه المرة وحدها.',
  'developers.list': 'سرد الويب هوك',
  'developers.list.text': 'مرّر nextCursor من الرد باسم cursor للحصول على الصفحة التالية.',
  'developers.credentials':
    'تقبل الواجهة بيانات الدخول التي تستخدمها لهذه المنصة. ضعها مكان الترويسة المعروضة هنا.',
  'developers.verify': 'التحقق من طلب',
  'developers.verify.text':
    'تحقّق من المحتوى الخام قبل قراءته. تتبع الطلبات معيار Standard Webhooks، ومكتباته تفعل ذلك بكل لغات البرمجة.',
  'developers.verify.languages': 'لغة البرمجة',
  'developers.install': 'التثبيت',
  'developers.openapi': 'وصف الواجهة',
  'developers.openapi.text': 'كل مورد وكل محتوى وكل ترويسة بصيغة OpenAPI 3.1.',
  'developers.openapi.download': 'تنزيل OpenAPI',

  'preview.title': 'معاينة',
  'preview.lead': 'ما يتلقاه الويب هوك، بحدث نموذجي. لا يُرسَل شيء.',
  'preview.eventType': 'نوع الحدث',
  'preview.side': 'المحتوى {count}',
  'preview.addSide': 'المقارنة بآخر',
  'preview.removeSide': 'إزالة المحتوى {count}',
  'preview.size': {
    one: 'بايت واحد',
    two: 'بايتان',
    few: '{count} بايتات',
    other: '{count} بايت',
  },
};
