/** The platform's own content in the languages it is kept in, by BCP 47 tag. */
export function flightTitle(from: string, to: string): Record<string, string> {
  return {
    en: `Flight from ${from} to ${to}`,
    es: `Vuelo de ${from} a ${to}`,
    de: `Flug von ${from} nach ${to}`,
    fr: `Vol de ${from} à ${to}`,
    it: `Volo da ${from} a ${to}`,
    pt: `Voo de ${from} para ${to}`,
    ar: `رحلة جوية من ${from} إلى ${to}`,
  };
}

export function tourSummary(city: string): Record<string, string> {
  return {
    en: `A guided tour in ${city}.`,
    es: `Una visita guiada en ${city}.`,
    de: `Eine Führung in ${city}.`,
    fr: `Une visite guidée à ${city}.`,
    it: `Una visita guidata a ${city}.`,
    pt: `Uma visita guiada em ${city}.`,
    ar: `جولة مع مرشد في ${city}.`,
  };
}
