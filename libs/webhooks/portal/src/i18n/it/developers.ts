import type { developers as english } from '../en/developers.js';
import type { Area } from '../messages.js';

export const developers: Area<typeof english> = {
  'developers.title': 'Per gli sviluppatori',
  'developers.lead': 'Tutto ciò che fa questa pagina si può fare con l’API REST.',
  'developers.create': 'Creare un webhook',
  'developers.create.text': 'La risposta contiene il segreto, solo questa volta.',
  'developers.list': 'Elencare i webhook',
  'developers.list.text': 'Passi il nextCursor di una risposta come cursor per avere la pagina successiva.',
  'developers.credentials':
    'L’API accetta le credenziali che usa per questa piattaforma. Le metta al posto dell’header mostrato qui.',
  'developers.verify': 'Verificare una richiesta',
  'developers.verify.text':
    'Verifichi il corpo grezzo prima di leggerlo. Le richieste seguono Standard Webhooks, le cui librerie lo fanno in ogni linguaggio.',
  'developers.verify.languages': 'Linguaggio di programmazione',
  'developers.install': 'Installare',
  'developers.openapi': 'Descrizione dell’API',
  'developers.openapi.text': 'Ogni risorsa, ogni corpo e ogni header in OpenAPI 3.1.',
  'developers.openapi.download': 'Scarica OpenAPI',

  'preview.title': 'Anteprima',
  'preview.lead': 'Ciò che riceve un webhook, con un evento di esempio. Non viene inviato nulla.',
  'preview.eventType': 'Tipo di evento',
  'preview.side': 'Corpo {count}',
  'preview.addSide': 'Confronta con un altro',
  'preview.removeSide': 'Rimuovi il corpo {count}',
  'preview.size': { one: '{count} byte', other: '{count} byte' },
};
