// @ts-check
/** Parsers of the times that a page declares. */
(() => {
  /** A written date or clock time that says nothing of its zone. */
  const ZONELESS = /^\d{4}-\d\d(-\d\d)?([T ]\d\d:?\d\d(:?\d\d(\.\d+)?)?)?$/;

  /**
   * An instant as ISO 8601 in UTC, from ISO text or seconds or milliseconds since 1970. A day is no instant, nor is a
   * time of an unknown zone.
   * @type {Amends['time']}
   */
  const time = (value) => {
    const written = String(value ?? '').trim();
    const number = /^\d{9,14}(\.\d+)?$/.test(written) ? Number(written) * (Number(written) < 1e11 ? 1_000 : 1) : NaN;
    const iso = written.replace(/(\.\d{3})\d+/, '$1').replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
    if (ZONELESS.test(written) && Number.isNaN(number)) return undefined;
    const at = Number.isNaN(number) ? Date.parse(iso) : number;
    return at > 6e11 && at < 4.1e12 ? new Date(at).toISOString() : undefined;
  };

  /** The instant hidden in a numbered id: `(id >> shift) + epoch` milliseconds. @type {Amends['idTime']} */
  const idTime = (id, shift, epoch) =>
    /^\d{8,20}$/.test(id ?? '') ? time(Number((BigInt(id ?? 0) >> BigInt(shift)) + BigInt(epoch))) : undefined;

  /**
   * What a declared date tells: an instant; of a day its date, which stays one; of a time without a zone the instant
   * that the page's own `time` gives it, else about that time.
   * @type {Amends['posted']}
   */
  const posted = (value, page) => {
    const instant = time(value);
    const written = String(value ?? '').trim();
    if (instant || !ZONELESS.test(written)) return { postedAt: instant };
    const [day, clock] = [written.slice(0, 10), /[T ](\d\d):?(\d\d)/.exec(written)];
    if (!clock) return { dateText: day };
    const start = `${day}T${clock[1]}:${clock[2]}`;
    const shown = page?.querySelector(`time[datetime^="${start}"], time[datetime^="${start.replace('T', ' ')}"]`);
    const exact = time(shown?.getAttribute('datetime'));
    return exact ? { postedAt: exact } : { postedAt: time(`${start}:00Z`), postedApprox: true };
  };

  /** How forums call the day on which somebody became a member, at the start of a line. */
  const JOINED = new RegExp(
    '^(?:joined|join date|registered|member since|mitglied seit|registriert(?: seit)?|dabei seit|beigetreten|' +
      "inscrit(?:ion| le)?|date d[’']inscription|membre depuis|a rejoint|registrato|iscritto|miembro desde|" +
      'registrado|se unió|membro desde|registado|geregistreerd|lid sinds|lid geworden|dołączył|rejestracja|' +
      'medlem sedan|registrerad|tilmeldt|liittynyt|registrován|registrace)\\s*:?\\s+(.*\\d.*)$',
    'i',
  );

  /** The words with which the first of these lines says since when somebody is a member.
   * @type {Amends['memberSince']} */
  const memberSince = (lines) =>
    lines
      .map((said) =>
        JOINED.exec(said ?? '')?.[1]
          ?.slice(0, 60)
          .trim(),
      )
      .find((found) => found !== undefined);

  Object.assign(Amends, { time, idTime, posted, memberSince });
})();
