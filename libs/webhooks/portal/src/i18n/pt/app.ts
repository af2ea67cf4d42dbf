import type { app as english } from '../en/app.js';
import type { Area } from '../messages.js';

export const app: Area<typeof english> = {
  'app.name': 'Webhooks',
  'app.allContracts': 'Todos os contratos',
  'app.contract': 'Contrato {contract}',
  'app.language': 'Idioma',
  'app.theme': 'Cores',
  'app.theme.system': 'Como o sistema',
  'app.theme.light': 'Claro',
  'app.theme.dark': 'Escuro',
  'app.notFound': 'Esta página não existe',
  'app.notFound.text': 'O endereço pode estar errado ou ser de uma versão anterior.',
  'app.toList': 'Para todos os webhooks',

  'nav.label': 'Vistas',
  'nav.skip': 'Ir para o conteúdo',
  'nav.webhooks': 'Webhooks',
  'nav.preview': 'Prévia',
  'nav.developers': 'Desenvolvedores',

  'status.active': 'Ativo',
  'status.inactive': 'Inativo',
  'status.disabled': 'Desativado',

  'reason.gone': 'O receptor respondeu 410 Gone.',
  'reason.exhausted': 'Uma entrega esgotou todas as tentativas.',
  'reason.failures': 'Falhas demais em seguida.',
};
