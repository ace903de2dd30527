// Redirect Function: runs when a page that the Action Function opened has sent the browser back to the redirect URL.
//
//   parameters.credential, parameters.identity.unique_id   absent for an app without authorization
//   parameters.input      the query parameters of the request: ?state=abc&event=done is { state: "abc", event: "done" }
//
// All runs share one redirect URL. callback.token says which run this is: the Action Function gave it to the service (here
// as `state`), and it has come back. The rest is decided as in the Action Function, only without open_url.

exports.handler = async ({ input }) => {
  const token = input.state;
  if (!token) {
    throw new Error("The redirect carries no state: pass callback.token to the service in the Action Function");
  }

  // The service says so when somebody turned back; which parameter it uses is in its documentation.
  const declined = input.error !== undefined || input.event === "decline";

  return {
    callback: { token },
    output: { status: declined ? "cancelled" : "completed" },
  };
};
