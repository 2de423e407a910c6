import cf from 'cloudfront';
// CloudFront Function (runtime cloudfront-js-2.0, viewer request) of what an operator's distributions
// send to an API: says who asks, and picks the API by the host that was asked. deploy/aws/site.yaml has
// this text and puts the hosts in. Which site it is, and that it comes from the edge, is added by the
// origin that was picked. The first line has to be the first.
// Source: CloudFront Developer Guide, "Helper methods for origin modification".
function handler(event) {
  var request = event.request;
  var host = request.headers.host.value.toLowerCase();
  if (['${OpsHost}', '${CrewHost}', '${GuestHost}'].indexOf(host) < 0) return misdirected();
  // Whatever a viewer sent by this name is overwritten.
  request.headers['x-fairlead-viewer'] = { value: event.viewer.ip };
  if (host === '${OpsHost}') cf.selectRequestOriginById('ops');
  return request;
}

// By the distribution's own name, say: no site has it.
function misdirected() {
  return {
    statusCode: 421,
    statusDescription: 'Misdirected Request',
    headers: {
      'content-type': { value: 'application/problem+json' },
      'cache-control': { value: 'no-store' },
      'x-robots-tag': { value: 'noindex, nofollow' }
    },
    body: {
      encoding: 'text',
      data: '{"type":"about:blank","title":"There is no site of this name here","status":421}'
    }
  };
}
