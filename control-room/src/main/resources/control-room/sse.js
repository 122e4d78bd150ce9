// Server-Sent Events read from a fetched body, as the WHATWG's standard says. Unlike EventSource it shows the answer's status,
// resumes from an id that another tab has reached, and never gives up.

const LONGEST_LINE = 16 * 1024 * 1024;
const LINE_END = /\r\n|\n|\r(?!$)/; // a \r that nothing follows yet may be half of a \r\n
const ENDS_LINE = /[\r\n]/;

/**
 * Reads until the body ends, which is no error.
 * @param onFrame called with {id, event, data}; id is undefined where the frame has none
 */
export async function read(body, onFrame) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let parts = []; // of a line that has not ended: put together once it has, however many chunks it came in
  let length = 0;
  let frame = {};
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    parts.push(value);
    length += value.length;
    if (ENDS_LINE.test(value) || parts.at(-2)?.endsWith('\r')) {
      const lines = parts.join('').split(LINE_END);
      parts = [lines.pop()];
      length = parts[0].length;
      for (const line of lines) frame = take(frame, line, onFrame);
    }
    if (length > LONGEST_LINE) throw new Error('a line of the stream is too long');
  }
}

function take(frame, line, onFrame) {
  if (line === '') {
    if (frame.data !== undefined) onFrame({ event: 'message', ...frame });
    return {};
  }
  const colon = line.indexOf(':');
  if (colon === 0) return frame;
  const field = colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
  if (field === 'data') return { ...frame, data: frame.data === undefined ? value : `${frame.data}\n${value}` };
  if (field === 'id' || field === 'event') return { ...frame, [field]: value };
  return frame;
}
