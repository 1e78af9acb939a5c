import { PAGE_ORIGIN } from './ipc/gate';

/** Answers what is below `media://<host>/`; null where there is nothing. */
export type MediaHost = (request: Request, url: URL) => Promise<Response | null>;

const METHODS = ['GET', 'HEAD'];

/** On every answer: only our page may read it, nothing guesses its type, and nothing keeps it unless the host says so. */
const COMMON_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-origin': PAGE_ORIGIN,
  'access-control-expose-headers': 'accept-ranges, content-length, content-range',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/** Finds who answers a `media://` request. Whatever is not known is not found. */
export async function routeMedia(
  request: Request,
  hosts: Readonly<Record<string, MediaHost>>,
): Promise<Response> {
  if (!METHODS.includes(request.method)) {
    return refusal(405, 'Method not allowed', { allow: METHODS.join(', ') });
  }
  const url = new URL(request.url);
  const host = Object.hasOwn(hosts, url.host) ? hosts[url.host] : undefined;
  const response = await host?.(request, url);
  if (!response) return refusal(404, 'Not found');
  for (const [name, value] of Object.entries(COMMON_HEADERS)) {
    if (!response.headers.has(name)) response.headers.set(name, value);
  }
  return response;
}

function refusal(status: number, words: string, headers: Record<string, string> = {}): Response {
  return new Response(words, {
    status,
    headers: { ...COMMON_HEADERS, 'content-type': 'text/plain', ...headers },
  });
}
