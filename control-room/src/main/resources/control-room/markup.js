// html`<p class=${name}>${words}</p>`: markup to Preact's nodes. Each template is read once; what is put into its holes is never read
// as markup. Known: elements, components in <${…}>, attributes in quotes, as a hole or bare, and <//> to close whatever is open.

const HOLE = '\u0000';
const templates = new WeakMap();

export const markup = (h) =>
  function html(statics, ...values) {
    let template = templates.get(statics);
    if (!template) templates.set(statics, (template = parse(statics)));
    const made = template.map((node) => build(h, node, values));
    return made.length > 1 ? made : made[0];
  };

function build(h, node, values) {
  if (typeof node === 'string') return node;
  if ('hole' in node) return values[node.hole];
  const props = {};
  for (const [name, value] of node.attributes) props[name] = typeof value === 'object' ? values[value.hole] : value;
  const type = typeof node.type === 'object' ? values[node.type.hole] : node.type;
  return h(type, props, ...node.children.map((child) => build(h, child, values)));
}

function parse(statics) {
  const text = statics.join(HOLE);
  const top = { children: [] };
  const open = [top];
  let at = 0;
  let holes = 0;
  const within = () => open[open.length - 1].children;
  const hole = () => {
    at++;
    return { hole: holes++ };
  };
  const until = (pattern) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    const part = text.slice(at, found ? found.index : text.length);
    at += part.length;
    return part;
  };

  function attribute() {
    const name = until(/[\s=/>]/g);
    if (text[at] !== '=') return [name, true];
    at++;
    if (text[at] === HOLE) return [name, hole()];
    const quote = text[at++];
    const value = until(new RegExp(quote, 'g'));
    at++;
    return [name, value];
  }

  function element() {
    at++;
    const node = { type: text[at] === HOLE ? hole() : until(/[\s/>]/g), attributes: [], children: [] };
    within().push(node);
    for (;;) {
      until(/\S/g);
      if (at >= text.length) throw new SyntaxError(`markup: a tag does not end: ${statics.join('…')}`);
      if (text.startsWith('/>', at)) {
        at += 2;
        return;
      }
      if (text[at] === '>') {
        at++;
        open.push(node);
        return;
      }
      node.attributes.push(attribute());
    }
  }

  while (at < text.length) {
    if (text[at] === HOLE) {
      within().push(hole());
    } else if (text.startsWith('</', at)) {
      until(/>/g);
      at++;
      if (open.length < 2) throw new SyntaxError(`markup: more is closed than was opened: ${statics.join('…')}`);
      open.pop();
    } else if (text[at] === '<') {
      element();
    } else {
      const words = until(/[<\u0000]/g).replace(/^\s*\n\s*|\s*\n\s*$/g, '');
      if (words) within().push(words);
    }
  }
  if (open.length > 1) throw new SyntaxError(`markup: something is not closed: ${statics.join('…')}`);
  return top.children;
}
