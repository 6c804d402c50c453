/** What the clock says where the visitor is, with the place: "14:09, Hamburg". Nothing for a zone that is unknown here. */
export function localTime(zone: string | undefined, now: Date, locale: string): string | null {
  if (!zone) return null;
  try {
    const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: zone }).format(now);
    return `${time}, ${zone.split('/').at(-1)!.replaceAll('_', ' ')}`;
  } catch {
    return null;
  }
}

const BROWSERS = [['Edg/', 'Edge'], ['OPR/', 'Opera'], ['Firefox/', 'Firefox'], ['Chrome/', 'Chrome'], ['Safari/', 'Safari']] as const;
const SYSTEMS = [
  ['iPhone', 'iPhone'], ['iPad', 'iPad'], ['Android', 'Android'], ['Windows', 'Windows'], ['Mac OS', 'Mac'], ['CrOS', 'Chromebook'], ['Linux', 'Linux'],
] as const;

/** A browser's long description of itself in two words: "Firefox, Windows"; as it is where it is something else. */
export function deviceWords(agent: string): string {
  const browser = BROWSERS.find(([sign]) => agent.includes(sign))?.[1];
  const system = SYSTEMS.find(([sign]) => agent.includes(sign))?.[1];
  return [browser, system].filter(Boolean).join(', ') || agent;
}
