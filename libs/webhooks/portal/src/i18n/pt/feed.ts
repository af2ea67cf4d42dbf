import type { feed as english } from '../en/feed.js';
import type { Area } from '../messages.js';

export const feed: Area<typeof english> = {
  'feed.title': 'Feed',
  'feed.text': 'Colete aqui os eventos, os mais antigos primeiro.',
  'feed.kept': {
    one: 'Eles ficam por {count} dia, coletados ou não.',
    other: 'Eles ficam por {count} dias, coletados ou não.',
  },
  'feed.command': 'Comando que lê o feed',
  'feed.next':
    'Guarde o nextCursor da resposta e passe-o como after da próxima vez. Enquanto hasMore for true, pergunte de novo na hora; senão, mais ou menos uma vez por minuto.',
  'feed.next.command': 'Comando que lê o que vem depois',
  'feed.both': 'Um evento que também chegou por requisição tem aqui o mesmo webhook-id.',
  'feed.inactive': 'Este webhook está inativo: nada entra no feed dele.',
  'feed.quiet': 'Coletado no feed',
  'feed.log.empty': 'Elas aparecem aqui à medida que entram no feed.',
  'feed.test': 'Não há o que testar: nada é enviado a este webhook',
  'feed.test.text': 'Os eventos dele são coletados no feed.',
  'feed.test.read': 'Como ler o feed',
  'feed.deactivate':
    'Nada entrará no feed dele até ser ativado de novo. O que está no feed ainda pode ser coletado; uma recuperação acrescenta o que ele perdeu.',
  'feed.delete':
    'O feed dele não poderá mais ser lido. Um webhook excluído não pode ser recuperado. Com ele se perdem:',
  'feed.delete.events': 'os eventos do feed, coletados ou não',

  'feed.recovery.lead':
    'Acrescenta ao feed o que não chegou desde um momento: entregas com falha e eventos que o webhook não recebeu.',
  'feed.recovery.number': {
    one: '{count} evento entrará no feed',
    other: '{count} eventos entrarão no feed',
  },
  'feed.recovery.nothing': 'Nada a recuperar: tudo desde então chegou ou está no feed.',
  'feed.recovery.start': { one: 'Recuperar {count} evento', other: 'Recuperar {count} eventos' },
  'feed.recovery.done': {
    one: '{count} evento entrou no feed',
    other: '{count} eventos entraram no feed',
  },

  'feed.developers': 'Coletar eventos sem um servidor',
  'feed.developers.text':
    'Um webhook com o transport pull não precisa de URL. Os eventos dele esperam em um feed, com os corpos e os cabeçalhos que as requisições teriam.',
  'feed.developers.create': 'Comando que cria um webhook para coletar',
};
