import type { ui as english } from '../en/ui.js';
import type { Area } from '../messages.js';

export const ui: Area<typeof english> = {
  'ui.close': 'Fechar',
  'ui.cancel': 'Cancelar',
  'ui.copy': 'Copiar',
  'ui.copied': 'Copiado',
  'ui.optional': 'opcional',
  'ui.pending': 'Em andamento',
  'ui.retry': 'Tentar de novo',
  'ui.sortBy': 'Ordenar por {column}',
  'ui.all': 'Todos',
  'ui.default': 'Padrão: {value}',

  'problem.offline': 'O servidor não responde.',
  'problem.offline.detail': 'Verifique a sua conexão e tente de novo.',
  'problem.signedOut': 'A sua sessão terminou.',
  'problem.signedOut.detail': 'Entre de novo e recarregue esta página.',
  'problem.forbidden': 'Você não tem permissão para isso.',
  'problem.notFound': 'Não existe, ou você não pode ver.',
  'problem.refused': 'Isso foi recusado.',
  'problem.server': 'Algo deu errado no servidor.',
  'problem.page': 'Esta página tem uma falha.',
};
