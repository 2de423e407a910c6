// CloudFront Function (runtime cloudfront-js-2.0, viewer request) of the guest host's behaviour /g/*: which
// object of the bucket a guest address means. The same rules as src/domain/edge.cpp; both pass vectors.json.
// Source: CloudFront Developer Guide, "JavaScript runtime 2.0 features for CloudFront Functions".
function handler(event) {
  var request = event.request;
  var uri = request.uri;
  var object = /^\/g\/([A-Za-z0-9-]{1,80}\.(?:html|ics))$/.exec(uri);
  if (object) {
    request.uri = '/' + object[1];
    return request;
  }
  var page = /^\/g\/([A-Za-z0-9-]{1,80})\/?$/.exec(uri);
  if (page) {
    return {
      statusCode: 308,
      statusDescription: 'Permanent Redirect',
      headers: {
        location: { value: '/g/' + page[1] + '.html' },
        'cache-control': { value: 'public, max-age=3600' }
      }
    };
  }
  if (uri !== '/g' && uri.indexOf('/g/') !== 0) return request;
  return missing(uri);
}

// Of the type that was asked for, so that a calendar program is not given a page.
function missing(uri) {
  var type = 'text/html; charset=utf-8';
  var text = '<!doctype html><html lang="en"><meta charset="utf-8">' +
    '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Not found</title>' +
    '<p>There is no page at this address. Check the link in your mail.</p></html>';
  if (/\.ics$/.test(uri)) {
    type = 'text/plain; charset=utf-8';
    text = 'Not found\n';
  } else if (/\.json$/.test(uri)) {
    type = 'application/problem+json';
    text = '{"type":"about:blank","title":"There is no such address","status":404}';
  }
  return {
    statusCode: 404,
    statusDescription: 'Not Found',
    headers: {
      'content-type': { value: type },
      'cache-control': { value: 'no-store' },
      'x-robots-tag': { value: 'noindex, nofollow' }
    },
    body: { encoding: 'text', data: text }
  };
}
