/** How sentences begin that tell a model what to do. */
const INSTRUCTION =
  /^(please |now )?(write|describe|say|tell|list|give|answer|return|use|do not|don't|avoid|keep|generate|create|summari[sz]e|suggest|choose|pick|make|mention|include|respond|reply|you are|you write|your task|at most|no more than|viết|hãy|không|đừng|dùng|tạo|tóm tắt|mô tả|trả lời|chọn|nêu|bạn là|tối đa)(?![\p{L}\p{N}])/iu;
/** What such sentences are about, after the entry's text. */
const ABOUT_THE_ANSWER =
  /character|word|sentence|answer|language|english|vietnamese|json|title|description|field|tone|text|câu|chữ|ký tự|tiếng|tiêu đề/i;
/** From here on a prompt describes the shape of the answer. */
const ANSWER_SHAPE = /^Answer with one JSON object/m;
/** `Title: Why bread rises`, as prompts introduce an entry's values; a value that ends like a sentence is text. */
const LABELLED = /^(\p{L}[\p{L}_-]*(?: \p{L}+)?):\s+(\S.*[^.!?…])$/u;
const NAME_LABEL = /title|name|tiêu đề|tên/i;
const KIND_LABEL = /chapter|post|article|book|chương|bài|sách/i;
/** `Write a title for “Why bread rises”`: the entry named in the task itself. */
const QUOTED = /[“"«]([^”"»]{3,120})[”"»]/;
/** `Feet first: A blister needs three things`, as an outline lists what belongs to the entry. */
const OUTLINED = /^([\p{Lu}\d][^.!]{3,70}?):\s+(\p{Lu}.*)$/u;

const withoutMarkup = (text) =>
  text
    .replace(/<[^>]+>/g, ' ')
    .replace(/^#{1,6}\s+/, '')
    .replace(/^(?:[-*+]|\d+[.)])\s+/, '')
    .replace(/[*_`]+/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();

/** Splits after a full stop, question or exclamation mark that ends a word. */
const sentencesOf = (text) =>
  text
    .split(/(?<=[.!?…])\s+(?=[\p{Lu}\p{N}“"'‘])/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.split(' ').length >= 4);

const words = (text) => text.toLowerCase().match(/[\p{L}][\p{L}'’-]*/gu) ?? [];

const STOP_WORDS = new Set(
  `a about above across after again against all along also another around am an and any are as at away back be because been before being below between both but by
   can come could did do does done down each either else enough even ever every few first for from get go good had half has have
   he her here him his how i if in into is it its itself just last least less let like long made make makes many may more most
   much must near need neither never next no nor not nothing now of off often on once one only or other others our out over own
   part people put rather same say says see seen she should since so some still such take takes than that the their them then
   there these they thing things this those three through time to too took two under until up upon us use used very want was way
   we well went were what when where which while who whose why will with within without would yet you your
   và là của có không được cho với một những các này khi thì mà ra vào để từ đến như trên dưới rất còn cũng đã sẽ bị hay nếu vì
   theo đó ấy nào chỉ lại lên xuống rồi ở do bằng về trong ngoài`.split(/\s+/)
);

/**
 * What the text keeps coming back to, the most frequent first: words in English, pairs of syllables in Vietnamese. Those of
 * the subject weigh more.
 */
function keyTermsOf(lines, subject, isVietnamese) {
  const counts = new Map();
  const add = (term, weight) => counts.set(term, (counts.get(term) ?? 0) + weight);
  const ofSubject = subject.toLowerCase();
  for (const clause of lines.flatMap((line) => line.split(/[.,;:!?()“”"–—]/))) {
    const inClause = words(clause);
    inClause.forEach((word, position) => {
      const next = inClause[position + 1];
      const term = isVietnamese ? `${word} ${next ?? ''}` : word;
      const isTerm = isVietnamese ? next && !STOP_WORDS.has(next) : word.length > 3;
      if (isTerm && !STOP_WORDS.has(word)) add(term, ofSubject.includes(term) ? 2 : 1);
    });
  }
  const ranked = [...counts].sort(([, one], [, other]) => other - one);
  const repeated = ranked.filter(([, weight]) => weight > 1);
  // Two Vietnamese syllables that stand together only once need not be a word.
  return (isVietnamese || repeated.length >= 3 ? repeated : ranked).map(([term]) => term).slice(0, 12);
}

const VIETNAMESE_LETTERS = /[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/gi;
const LONGEST_INSTRUCTION = 240;

/**
 * The lines that hold something of the entry. What stands before the first label (`Title: …`, `Text:`) is the task; without any
 * label, and after the text, the task is told by how its lines begin.
 */
function entryLines(prompt) {
  const lines = prompt
    .split(ANSWER_SHAPE)[0]
    .split('\n')
    .map(withoutMarkup)
    .filter((line) => line !== '');
  const first = lines.findIndex((line) => LABELLED.test(line) || line.endsWith(':'));
  const isTask = (line) =>
    INSTRUCTION.test(line) &&
    (first < 0 || (line.length <= LONGEST_INSTRUCTION && ABOUT_THE_ANSWER.test(line)));
  return lines.slice(Math.max(0, first)).filter((line) => !line.endsWith(':') && !isTask(line));
}

/**
 * Reads what a prompt holds of an entry: its subject (the value of a line like `Title: …`, else what the first line quotes, else
 * the first line of text), what an outline lists, the sentences of its text, its key terms, its language.
 */
export function readMaterial(prompt) {
  const lines = entryLines(prompt);
  const labelled = lines.flatMap((line) => {
    const match = LABELLED.exec(line);
    return match ? [{ label: match[1], value: match[2] }] : [];
  });
  const named =
    labelled.find(({ label }) => NAME_LABEL.test(label)) ??
    labelled.findLast(({ label }) => KIND_LABEL.test(label));
  const ownLines = lines.filter((line) => !LABELLED.test(line));
  const outline = ownLines.flatMap((line) => OUTLINED.exec(line)?.[1] ?? []);
  const text = outline.length > 1 ? ownLines.map((line) => OUTLINED.exec(line)?.[2] ?? line) : ownLines;
  const quoted = QUOTED.exec(prompt.split('\n')[0])?.[1];
  const subject = (named?.value ?? quoted ?? text[0] ?? lines[0] ?? prompt.trim().slice(0, 60)).replace(
    /[.:]$/,
    ''
  );
  const whole = [subject, ...text].join(' ');
  const isVietnamese = (whole.match(VIETNAMESE_LETTERS) ?? []).length > whole.length / 40;
  return {
    subject,
    outline: outline.length > 1 ? outline : [],
    sentences: text.flatMap(sentencesOf),
    terms: keyTermsOf([subject, ...text], subject, isVietnamese),
    isVietnamese,
  };
}
