// Moves the items of a page by chance, reads it again, and gives what was read out of another block.
([url, rounds, moves, isGeneric, unit]) => {
  const random = (seed) => () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  if (isGeneric) Amends.sites = [];
  const read = () => (isGeneric ? Amends.generic(document, url) : Amends.items(document, url)).filter(({ root }) => root);
  const letters = (words) => (words ?? '').normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  /** What an element says itself, in texts and attributes; nothing of the blocks within. */
  const said = (root, blocks) => {
    const parts = [];
    const visit = (element) => {
      for (const { value } of element.attributes) {
        parts.push(value);
        try { parts.push(decodeURIComponent(value)); } catch { /* no escapes */ }
      }
      for (const node of [...element.childNodes, ...(element.shadowRoot?.childNodes ?? [])]) {
        if (node.nodeType === 3) parts.push(node.nodeValue);
        if (node.nodeType === 1 && !blocks.has(node)) visit(node);
      }
    };
    visit(root);
    return letters(parts.join(' '));
  };
  const nameOf = ({ author }) =>
    letters(author?.name?.replace(/:\w+:/g, '') ?? author?.handle?.replace(/^(u\/|@)/, '').split('@')[0]);
  const wordsOf = ({ text, title }) => letters(text ?? title).slice(0, 80);
  /** Whether the name stands in the innermost block around the words. */
  const isOf = ({ root, body, capture }, all) => {
    const around = body ? all.filter((each) => each.contains(body)) : [root];
    const own = around.reduce((inner, each) => (inner.contains(each) ? each : inner));
    return said(own, new Set(all.filter((each) => each !== own))).includes(nameOf(capture));
  };
  /** Takes a name out of a block wherever it stands. */
  const forget = (root, name) => {
    const has = (words) => name && letters(words).includes(name);
    for (const element of [root, ...root.querySelectorAll('*')]) {
      for (const { name: key, value } of [...element.attributes]) if (has(value)) element.removeAttribute(key);
      for (const node of [...element.childNodes]) if (node.nodeType === 3 && has(node.nodeValue)) node.remove();
    }
    for (const element of [...root.querySelectorAll('a')]) if (has(element.textContent)) element.remove();
  };
  const wrong = [];
  const saved = document.body.cloneNode(true);
  const first = read();
  const moved = [...new Set(first.flatMap(({ root }) => (unit ? (root.closest(unit) ?? []) : root)))];
  const paths = moved.map((root) => {
    const path = [];
    for (let at = root; at !== document.body && at.parentElement; at = at.parentElement)
      path.unshift([...at.parentElement.children].indexOf(at));
    return path;
  });
  // whose name stands elsewhere on the page, as a heading or a row of messages has it, keeps it or has none
  const all = first.map(({ root }) => root);
  const outside = new Set(first.filter((item) => !isOf(item, all)).map(({ capture }) => nameOf(capture)));
  const writers = Map.groupBy(first, ({ capture }) => wordsOf(capture));
  const isWriter = (capture) => writers.get(wordsOf(capture))?.some((item) => nameOf(item.capture) === nameOf(capture));
  for (let round = 0; round < rounds && moved.length; round += 1) {
    const chance = random(round * 7919 + 13);
    document.body.replaceWith(saved.cloneNode(true));
    const roots = paths.map((path) => path.reduce((at, index) => at?.children[index], document.body)).filter(Boolean);
    const names = moved.map((root) => nameOf(first.find((item) => root.contains(item.root)).capture));
    const any = () => Math.floor(chance() * roots.length);
    for (let move = 0; move < moves; move += 1) {
      const [one, other] = [any(), any()];
      const [a, b] = [roots[one], roots[other]];
      const kind = Math.floor(chance() * 4);
      if (kind === 0 && a !== b && !a.contains(b) && !b.contains(a)) {
        const mark = document.createElement('i');
        a.replaceWith(mark); b.replaceWith(a); mark.replaceWith(b);
      } else if (kind === 1 && a !== b && !b.contains(a)) a.append(b);
      else {
        const copy = b.cloneNode(true);
        if (kind === 3) forget(copy, names[other]);
        if (a !== b && chance() < 0.5 && !b.contains(a)) a.append(copy); else b.after(copy);
        roots.push(copy); names.push(kind === 3 ? '' : names[other]);
      }
    }
    const found = read();
    for (const item of found) {
      const blocks = [...roots, ...found.map(({ root }) => root)];
      const { capture } = item;
      if (outside.has(nameOf(capture)) && isWriter(capture)) continue;
      if (!isOf(item, blocks)) wrong.push(`${round}: ${nameOf(capture)}: ${(capture.text ?? '').slice(0, 40)}`);
    }
  }
  document.body.replaceWith(saved);
  return wrong;
}
