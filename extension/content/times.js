// @ts-check
/** Parsers of the times that a page declares. */
(() => {
  /** An instant as ISO 8601 in UTC, from ISO text or seconds or milliseconds since 1970. @type {Amends['time']} */
  const time = (value) => {
    const written = String(value ?? '').trim();
    const number = /^\d{9,14}(\.\d+)?$/.test(written) ? Number(written) * (Number(written) < 1e11 ? 1_000 : 1) : NaN;
    const iso = written.replace(/(\.\d{3})\d+/, '$1').replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
    const at = Number.isNaN(number) ? Date.parse(iso) : number;
    return at > 6e11 && at < 4.1e12 ? new Date(at).toISOString() : undefined;
  };

  /** The instant hidden in a numbered id: `(id >> shift) + epoch` milliseconds. @type {Amends['idTime']} */
  const idTime = (id, shift, epoch) =>
    /^\d{8,20}$/.test(id ?? '') ? time(Number((BigInt(id ?? 0) >> BigInt(shift)) + BigInt(epoch))) : undefined;

  Object.assign(Amends, { time, idTime });
})();
