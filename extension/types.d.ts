/** Shapes shared by the files of the extension; read by `tsc --checkJs` only, never loaded by a browser. */

interface Author {
  id?: string;
  name?: string;
  handle?: string;
  url?: string;
  avatar?: string;
  followers?: number;
}

/** What a site's file reads from one item; empty keys are allowed here and dropped by `Amends.finish`. */
interface Reading {
  kind?: string;
  id?: string;
  url?: string;
  author?: Author;
  title?: string;
  text?: string;
  truncated?: boolean;
  /** The author's language; never that of a translation. */
  lang?: string;
  /** The words are a translation, by the site or the browser, and the page no longer has the author's. */
  translated?: boolean;
  translatedTo?: string;
  rating?: { value: number; max: number };
  /** An instant in ISO 8601; `timeApprox` where the site's own figure may be off by more than a second. */
  postedAt?: string;
  timeApprox?: boolean;
  /** `postedAt` is about right only. */
  postedApprox?: boolean;
  /** The site's own words where it shows no instant: "3 w", "Reviewed in France on 8 April 2016". */
  timeText?: string;
  dateText?: string;
  metrics?: Record<string, number | undefined>;
  context?: Record<string, unknown>;
  media?: string[];
  quoted?: string;
}

/** A copy of a post as it was seen, ready to be sent. */
interface Capture extends Reading {
  platform: string;
  missing: string[];
  /** Fields that were longer than `Amends.longest` allows, and so were cut or left out. */
  shortened?: string[];
  /** A second look at the post of a case, because the team asked for one. */
  revisit?: { caseNumber: number; gone: boolean };
  /** Another capture of ours, whose case this one joins. */
  sameCaseAs?: string;
}

interface Site {
  name: string;
  platform: string;
  label: string;
  /** What the site is for, as the server's table of platforms has it. */
  siteKind: 'social' | 'reviews' | 'forums';
  version: number;
  hosts: string[];
  /** Software that runs on any host: whether this page is one of its own. Asked only where `hosts` does not match. */
  detect?(page: Document): boolean;
  /** Selector of everything that gets a button. */
  item: string;
  /** The element beside which the button stands. */
  anchor(root: Element): Element | null;
  /** Anchors matching this hold the button inside, at their end. */
  inside?: string;
  /** Selector of the site's reply box. */
  reply: string;
  extract(root: Element, url: string): Reading | undefined;
}

/** A site whose reviews are cards: where each part stands, by selectors; several are tried in their order. */
interface ReviewCards {
  name: string;
  platform: string;
  label: string;
  hosts: string[];
  detect?(page: Document): boolean;
  card: string;
  /** The business's own answer in the card; and what is there only when it has one, where its place is always there. */
  answer?: string;
  answered?: string;
  author?: string | string[];
  /** The name, where its element says more. */
  nameOf?(part: Element): string | undefined;
  /** The link to the writer's profile, and their picture. */
  profile?: string;
  avatar?: string;
  title?: string | string[];
  text?: string | string[];
  /** What was good and what was bad, where the site asks for them apart. */
  good?: string;
  bad?: string;
  /** What is not the customer's among their words. */
  skip?: string;
  /** What is there only when the words are cut. */
  more?: string;
  date?: string | string[];
  /** The words of the date, where its element says more. */
  dateText?(part: Element | undefined): string | undefined;
  stars?: string | string[];
  /** The best rating; 5 unless said. */
  max?: number;
  helpful?: string;
  pictures?: string;
  verified?: string;
  /** The name of what is reviewed, anywhere on the page; its first heading unless said. */
  business?: string | string[];
  /** The name of the product, where products are reviewed and not a business. */
  product?: string | string[];
  id?(root: Element): string | null | undefined;
  /** The review's own address; the page's unless said. */
  url?(root: Element, url: string, id: string | undefined): string | undefined;
  context?(root: Element, url: string): Record<string, unknown>;
  reply?: string;
}

interface Found {
  root?: Element;
  /** The element that holds the text of a repeated block. */
  body?: Element;
  site?: Site;
  capture: Capture;
  /** Selected words without anybody: no item of the page holds them. */
  alone?: boolean;
}
/** The visible words of a page. */
interface Shown {
  has(words: string | undefined): boolean;
  /** The element in which words begin. */
  holderOf(words: string | undefined): Element | undefined;
}
/** What a page shows of posts: times, names, elements named after a post. */
interface Signs {
  times: Element[];
  authors: Element[];
  roots: Set<Element>;
  shape(element: Element): string;
  hasRatings: boolean;
  /** The names of people that stand in each element, in letters. */
  names: Map<Element, Set<string>>;
  /** The elements in which a time stands. */
  dated: Set<Element>;
}
/** A repeated block with its text and its own signs; `ownerOf` gives the block in which an element stands. */
interface Block {
  root: Element;
  body: Element;
  times: Element[];
  authors: Element[];
  ownerOf(element: Element): Element | null;
}
/** Where in the blocks of a group names and times stand, and links that are no names. */
interface Common {
  signs: Signs;
  /** The names of everybody on the page, in letters: none of them alone is a text. */
  people: Set<string>;
  authors: Set<string>;
  times: Set<string>;
  labels: Set<string>;
  /** What links of the page in most texts are called. */
  controls: Set<string>;
}
/** Selected words, and where they stand. */
interface Selected {
  words: string;
  range: Range;
}
/** Why a page, or a part of it, cannot be read; lib/trouble.js says what to do. */
type Trouble = 'browserPage' | 'longAddress' | 'file' | 'fileAccess' | 'pdf' | 'frame';
interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}
/** Where on the visible page an item stands, for the screenshot. */
interface Place {
  rect: Rect;
  viewport: { width: number; height: number };
}
interface Offer {
  captures: Capture[];
  adapters: Adapter[];
  chosen: number;
  /** Whether the chosen one is meant beyond doubt; else `order` has all, the one in the middle of the window first. */
  sure: boolean;
  order: number[];
  /** The chosen one is selected words that no item holds. */
  alone?: boolean;
  /** The frame of the tab that was read, if it is not the page itself. */
  frame?: number;
  trouble?: Trouble;
  /** The platform of a page of a known site that is loaded. */
  platform?: string;
  /** The case of each capture; and the case whose post ought to be here and is not. */
  known?: (Known | undefined)[];
  gone?: Known;
}
interface Picture {
  type: string;
  base64: string;
  redacted?: boolean;
}
interface Adapter {
  name: string;
  version: number;
}

interface Amends {
  sites: Site[];
  /** The limits of a capture, the server's too: UTF-16 units of words, entries of lists, levels of the surroundings. */
  longest: Record<
    | 'text'
    | 'quoted'
    | 'title'
    | 'name'
    | 'time'
    | 'particular'
    | 'key'
    | 'language'
    | 'note'
    | 'address'
    | 'id'
    | 'entries'
    | 'depth',
    number
  >;
  clean(value: unknown, most?: number): string;
  line(value: unknown, most?: number): string | undefined;
  /** Whether an element is there for screen readers alone: its words are the site's, not the author's. */
  isForEars(element: Element): boolean;
  promoted(label: unknown): boolean;
  language(value: unknown): string | undefined;
  /** Does some reading in which nothing changes the page: each text and address is read once. */
  once<T>(reading: () => T): T;
  kept<T>(node: Node, key: string, find: () => T): T;
  first(page: Document, selector: string): Element | null;
  /** times.js */
  memberSince(lines: (string | undefined)[]): string | undefined;
  text(root: Node | null | undefined, options?: { skip?: string; pre?: boolean }): string | undefined;
  /** numbers.js; `tag`: the language of the label, else the page's. */
  compactForms: { CLDR: Record<string, string>; SITES: Record<string, string> };
  count(label: unknown, tag?: string): number | undefined;
  rating(label: unknown, max?: number): { value: number; max: number } | undefined;
  /** translations.js; `item`: the selector of the site's items. */
  isTranslated(page: Document): boolean;
  isNameTranslated(root: Element, name: string | undefined): boolean;
  withTranslation<Kind extends Reading>(root: Element, reading: Kind, item?: string): Kind;
  /** times.js */
  time(value: unknown): string | undefined;
  posted(value: unknown, page?: Document): Pick<Reading, 'postedAt' | 'postedApprox' | 'dateText'>;
  idTime(id: string | undefined, shift: number, epoch: number): string | undefined;
  address(href: unknown, base?: string): string | undefined;
  own(root: Element, selector: string, item: string): Element | null;
  quotes(body: Element | null | undefined, selector: string, read?: (part: Element) => string | undefined): string;
  poll(options: Element[], question?: Element | null): { text: string } | undefined;
  finish(platform: string, reading: Reading): Capture;
  doubted(root: Element | undefined, capture: Capture): Capture;
  serves(site: Site, page: Document, url: string): boolean;
  items(page: Document, url: string): { root: Element; site: Site; capture: Capture }[];
  read(site: Site, root: Element, url: string): Capture | undefined;
  key(capture: Capture): string;
  readAll(page: Document, url: string): Capture[];
  add(site: Site): void;
  addReviews(site: ReviewCards): void;
  /** A light key of an address, "" when it has none; the rest is there only where the file of its name is loaded. */
  folded(url: unknown): string;
  generic?(page: Document, url: string): Found[];
  /** selection.js */
  letters(words: string | undefined): string;
  markOf(url: string, words: string | undefined): string;
  pageAddress(page: Document): string | undefined;
  selected(page: Document): Selected | undefined;
  innermost(found: Found[], ...nodes: Node[]): Found | undefined;
  holderOf(found: Found[], selected: Selected): Found | undefined;
  wordsAlone(words: string, url: string, about?: { title?: string; lang?: string | null }): Capture;
  selectedAlone(page: Document, url: string, selected: Selected): Found;
  /** declared.js */
  plain(value: unknown): string | undefined;
  hasNavigated(page: Document): boolean;
  statements(page: Document): Record<string, ReturnType<typeof JSON.parse>>[];
  isCurrent(page: Document, url: string): boolean;
  shownWords(page: Document): Shown;
  declared(page: Document, url: string, subject: string, shown: Shown): (Found & { isMarked: boolean })[];
  /** author-signs.js, blocks.js, block-text.js, block-parts.js */
  blocks(page: Document, read: (group: Block[], signs: Signs) => Found[]): Found[];
  instantOf(element: Element): string | undefined;
  timeWords(element: Element): string | undefined;
  timeSigns(page: Document): Element[];
  shape(element: Element): string;
  TEXT_MARK: string;
  bodies(
    roots: Element[],
    isBoundary: (element: Element) => boolean,
    signs: Signs,
    areRoots: boolean,
  ): (Element | undefined)[];
  isInProse(element: Element): boolean;
  authorSigns(page: Document): Element[];
  authorNameIn(sign: Element): string | undefined;
  authorStrength(element: Element): number | undefined;
  isProfile(element: Element): boolean;
  personName(value: string | null | undefined): string | undefined;
  wordsOf(name: string): string;
  readBlocks(group: Block[], signs: Signs, url: string, subject: string): Found[];
  /** `isMenu`: the context menu asks, for which alone a right-click counts. */
  offer?(options?: { isMenu?: boolean }): Offer;
  show?(index: number): Place | undefined;
  showResult?(result: Result, index: number): void;
  /** An item's own part of the visible page, without the replies nested in it. */
  placeOf(root: Element, site?: Site): Place;
  /** ask.js: asks the worker, and again where the browser ended it before it answered. */
  ask?(message: Record<string, unknown>): Promise<ReturnType<typeof JSON.parse>>;
  /** A post's address in one form for all its spellings: no scheme, no www, no trailing slash. */
  /** known-posts.js: what the server's list of posts calls a post, and what is known of those keys. */
  keysOf?(capture: Capture): string[];
  known?(keys: string[]): Promise<Record<string, Known>>;
  stageOf?(post: Known): string;
  caseLabel?(post: Known): string;
  /** watch.js */
  later?(element: Element, task: () => void): void;
  watch?(look: (part: Element) => void): () => void;
  /** insert.js, reply-bar.js, reply.js */
  boxOf?(found: Element): Element | null;
  insert?(box: HTMLElement, words: string): Promise<'there' | 'copied' | 'nowhere'>;
  bar?(host: HTMLElement, options: { dark: boolean; dismiss: () => void }): Bar;
  boxes?(part: Element, site: Site): void;
  seen?(capture: Capture): void;
  /** own-replies.js */
  ownReply?(root: Element, site: Site, capture: Capture): Promise<void>;
  /** The rest is there only where result-text.js, attach-styles.js, button-state.js, picker.js or buttons.js is loaded. */
  takeBack(result: Result, done: (next: Result) => void): (() => void) | undefined;
  pictureText(problem: string | undefined): string;
  resultText(result: Result): { text: string; short: string; note: string; link?: string };
  attachStyles(shadow: ShadowRoot, look: string): void;
  buttonState(
    host: HTMLElement,
    options: { dark: boolean; label: string; describe: string; press?: () => void },
  ): ButtonState;
  isDark(element: Element): boolean;
  buttonStateOf?(root: Element): ButtonState | undefined;
  /** Where the window of a frame begins in that of its tab; undefined where that cannot be known. */
  frameOffset?(): { x: number; y: number } | undefined;
  /** The post whose picture is meant: the one last shown or pressed. */
  subject?: { root: Element; site?: Site };
  /** framing.js: `step` brings the part of the post that begins at `from` into view; undefined where it is gone. */
  framing?: {
    begin(): boolean;
    step(
      from: number,
    ): Promise<
      | (({ part: Rect; view: Rect; at: number; total: number } | { problem: string }) & { isNarrow: boolean })
      | undefined
    >;
    end(): void;
  };
  stop?(): void;
  /** press.js: what was right-clicked last, and at which address, until anything else happens. */
  pressed?: { element: Element; url: string };
  rememberPress?(): () => void;
}
declare var Amends: Amends;

/** What a person is told after a click. */
/** A case that may hold the same post. */
interface Copy {
  number: number;
  url: string;
}

interface Result {
  outcome:
    | 'created'
    | 'takenBack'
    | 'existing'
    | 'queued'
    | 'blocked'
    | 'failed'
    | 'refused'
    | 'unpaired'
    | 'full'
    | 'notKept'
    | 'unreadable'
    | 'choose';
  number?: number;
  url?: string;
  sentence?: string;
  screenshot?: boolean;
  /** Why there is no picture, or not all of one. */
  pictureProblem?: string;
  change?: string[];
  /** Cases that may hold the same post as the one that was opened. */
  copies?: Copy[];
  /** The id of the capture that opened a case: with it, it can be taken back. */
  capture?: string;
  /** The team had asked for this second look. */
  look?: boolean;
}
interface ButtonState {
  show(result: Result | 'saving' | 'contextInvalidated', takenBack?: () => void): void;
  showCase(post: Known, again: () => void): void;
}

interface Bar {
  draw(post: Known, choices: { words: string; act: () => void }[]): void;
  showStatus(words: string, trouble?: boolean): void;
  /** Shows words to be copied by hand. */
  showForCopying(words: string): void;
  ask(address: string, done: (address: string | undefined) => void): void;
  clear(): void;
}

/** An account of the team's on one platform. */
interface OwnAccount {
  platform: string;
  handle?: string;
  url?: string;
}

/** A post that is a case, as the server's list tells it. */
interface Known {
  number: number;
  url: string;
  stage: string;
  owner: string | null;
  mine: boolean;
  openedAt: string;
  publicReplies: number;
  budget: number;
  next: string | null;
  /** Who reads the draft, and until when, while it waits for that; of an older server nothing. */
  reader?: string | null;
  readUntil?: string | null;
  revisit: boolean;
  prepared: boolean;
}

/** `key` names server and member; `refused` is what the server said when it no longer took the token. */
interface Pairing {
  key: string;
  server: string;
  token: string;
  member: string;
  email?: string;
  team?: string;
  refused?: string;
}
/**
 * The bytes of a screenshot, their SHA-256 in base64, whether parts of it were made unreadable, and whether it has been
 * made smaller after it was refused for its size.
 */
interface KeptPicture {
  blob: Blob;
  digest?: string;
  redacted?: boolean;
  isSmall?: boolean;
  /** Why it does not show all of the post. */
  problem?: string;
}
/**
 * A capture that waits. `at` is its place in line, `to` the key of its pairing, `fields` what the server refused by
 * name, `sent` whether a server may have it already.
 */
interface Entry {
  at?: number;
  id: string;
  to: string;
  server: string;
  member: string;
  body: Capture & Record<string, unknown>;
  made: string;
  tries: number;
  sent?: boolean;
  next: number;
  state: 'waiting' | 'failed';
  screenshot: 'none' | 'taking' | 'kept';
  /** Why there is no picture, where the capture was on its way before that was known. */
  untold?: string;
  bytes?: number;
  problem?: string;
  fields?: Record<string, string>;
  tab?: number;
  case?: { number: number; url: string; existing: boolean; change?: string[] };
}
