// Webhook Function: runs when the service has sent a request to the webhook URL.
//
//   parameters.credential, parameters.identity.unique_id   absent for an app without authorization
//   parameters.input.content_type   the request's Content-Type
//   parameters.input.body_base64    the request's body, in base64
//
// All runs share one webhook URL. callback.token says which run this is: the Action Function gave it to the service (as
// metadata, a reference, a custom field), and the service sends it along. The rest is decided as in the Redirect Function.

exports.handler = async ({ input }) => {
  const text = Buffer.from(input.body_base64 || "", "base64").toString("utf8");
  const isForm = (input.content_type || "").startsWith("application/x-www-form-urlencoded");
  const body = isForm ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text);

  const token = body.token;
  if (!token) {
    throw new Error("The webhook carries no token: pass callback.token to the service in the Action Function");
  }

  return {
    callback: { token },
    output: { status: body.status === "declined" ? "cancelled" : "completed" },
  };
};
