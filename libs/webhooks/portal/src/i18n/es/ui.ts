import type { ui as english } from '../en/ui.js';
import type { Area } from '../messages.js';

export const ui: Area<typeof english> = {
  'ui.close': 'Cerrar',
  'ui.cancel': 'Cancelar',
  'ui.copy': 'Copiar',
  'ui.copied': 'Copiado',
  'ui.optional': 'opcional',
  'ui.pending': 'En curso',
  'ui.retry': 'Reintentar',
  'ui.sortBy': 'Ordenar por {column}',
  'ui.all': 'Todos',
  'ui.default': 'Predeterminado: {value}',

  'problem.offline': 'El servidor no responde.',
  'problem.offline.detail': 'Compruebe su conexión e inténtelo de nuevo.',
  'problem.signedOut': 'Su sesión está cerrada.',
  'problem.signedOut.detail': 'Inicie sesión de nuevo y recargue esta página.',
  'problem.forbidden': 'No tiene permiso para eso.',
  'problem.notFound': 'No existe, o usted no puede verlo.',
  'problem.refused': 'Se ha rechazado.',
  'problem.server': 'Algo ha fallado en el servidor.',
  'problem.page': 'Esta página tiene un fallo.',
};
