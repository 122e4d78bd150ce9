// Server-Sent Events read from a fetched body, as the WHATWG's standard says. Unlike EventSource it shows the answer's status,
// resumes from an id that another tab has reached, and never gives up.

const LONGEST_LINE = 16 * 1024 * 1024;

/**
 * Reads until the body ends, which is no error.
 * @param onFrame called with {id, event, data}; id is undefined where the frame has none
 */
export async function read(body, onFrame) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let frame = {};
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + value).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop();
    if (rest.length > LONGEST_LINE) throw new Error('a line of the stream is too long');
    for (const line of lines) frame = take(frame, line, onFrame);
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
