// The embedded object store at /o/{bucket}, for those who have no S3: POST Object for browsers with
// a form, and signed GET, HEAD, PUT and DELETE for the owner's programs. Always: what is kept was
// signed for by this tenant's key, is within its form's bounds and durable; a body that broke off
// or was refused leaves nothing. Answers in S3's words, status and XML. Source: Amazon S3 API
// Reference, "POST Object"; domain/post_policy.h has the rules.
#pragma once

#include "web/routes.h"

namespace web {

StreamStart post_object(const StreamCall& call);
StreamStart put_object(const StreamCall& call);
base::Response get_object(const PublicCall& call);
base::Response delete_object(const PublicCall& call);
// The question browsers ask first: the tenant's own sites may, nobody else's.
base::Response preflight_object(const PublicCall& call);

}  // namespace web
