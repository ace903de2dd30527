// Identity Function: tells whose credential this is. It runs once, right after the Creator has authorized the app.
//
//   parameters.credential   what authorization produced:
//                           { oauth2: { access_token, … } } for OAuth2, { custom: { KEY: "value" } } for a custom form;
//                           absent for an app without authorization
//
// Return display_id (what the Creator sees in the list of accounts) and unique_id (the same account must always give the
// same unique_id: the credential is saved under it). Both are non-empty strings.

const { createHash } = require("crypto");

exports.handler = async ({ credential }) => {
  if (credential && credential.oauth2) {
    // Better: ask the service who this is, and return its own id and e-mail address:
    //   const response = await fetch("https://api.example.com/me", {
    //     headers: { Authorization: `Bearer ${credential.oauth2.access_token}` },
    //   });
    //   if (!response.ok) return { error: { title: "Cannot sign in", description: `The service answered ${response.status}` } };
    //   const me = await response.json();
    //   return { output: { display_id: me.email, unique_id: String(me.id) } };
    // Until then the access token stands for the account; a new sign-in gives a new token, and so a second account.
    const id = fingerprint(credential.oauth2.access_token);
    return { output: { display_id: `Account ${id}`, unique_id: id } };
  }

  if (credential && credential.custom) {
    // The same inputs are the same account. Never show an input as it is: it may be a password or a key.
    const id = fingerprint(JSON.stringify(Object.entries(credential.custom).sort()));
    return { output: { display_id: `Account ${id}`, unique_id: id } };
  }

  // No authorization: everybody shares one identity.
  return { output: { display_id: "Everyone", unique_id: "everyone" } };
};

// A short name for a secret from which nobody can get the secret back.
function fingerprint(text) {
  return createHash("sha256").update(String(text)).digest("hex").slice(0, 12);
}
