import type { developers as english } from '../en/developers.js';
import type { Area } from '../messages.js';

export const developers: Area<typeof english> = {
  'developers.title': 'Para desenvolvedores',
  'developers.lead': 'Tudo o que esta página faz pode ser feito pela API REST.',
  'developers.create': 'Criar um webhook',
  'developers.create.text': 'A resposta contém o segredo, só desta vez.',
  'developers.list': 'Listar webhooks',
  'developers.list.text': 'Passe o nextCursor de uma resposta como cursor para obter a próxima página.',
  'developers.credentials':
    'A API aceita as credenciais que você usa nesta plataforma. Coloque-as no lugar do cabeçalho mostrado aqui.',
  'developers.verify': 'Verificar uma requisição',
  'developers.verify.text':
    'Verifique o corpo bruto antes de ler. As requisições seguem Standard Webhooks, cujas bibliotecas fazem isso em qualquer linguagem.',
  'developers.verify.languages': 'Linguagem de programação',
  'developers.install': 'Instalar',
  'developers.openapi': 'Descrição da API',
  'developers.openapi.text': 'Cada recurso, cada corpo e cada cabeçalho em OpenAPI 3.1.',
  'developers.openapi.download': 'Baixar OpenAPI',

  'preview.title': 'Prévia',
  'preview.lead': 'O que um webhook recebe, com um evento de exemplo. Nada é enviado.',
  'preview.eventType': 'Tipo de evento',
  'preview.side': 'Corpo {count}',
  'preview.addSide': 'Comparar com outro',
  'preview.removeSide': 'Remover o corpo {count}',
  'preview.size': { one: '{count} byte', other: '{count} bytes' },
};
