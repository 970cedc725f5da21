using System.Text.Encodings.Web;

namespace OrleansAtlas.Access;

/// <summary>The page that asks for the key.</summary>
internal static class SignInPage
{
    /// <param name="to">Where to go on when the key is right, on this server.</param>
    /// <param name="problem">What was wrong the last time; null for the first.</param>
    public static string Html(string to, string? problem) =>
        $$"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>OrleansAtlas: sign in</title>
            <style>
            :root { color-scheme: light dark }
            body { font: 16px/1.5 system-ui, sans-serif; display: grid; place-items: center; min-height: 100vh; margin: 0 }
            form { display: grid; gap: .75rem; width: min(22rem, 90vw) }
            h1 { font-size: 1.25rem; margin: 0 }
            input, button { font: inherit; padding: .5rem }
            p { margin: 0 }
            </style>
            </head>
            <body>
            <main>
            <form method="post" action="/sign-in">
            <h1>OrleansAtlas</h1>
            <label for="key">The key of this server</label>
            <input id="key" name="key" type="password" autocomplete="current-password" required autofocus>
            <input name="to" type="hidden" value="{{HtmlEncoder.Default.Encode(to)}}">
            {{(problem is null ? "" : $"<p role=\"alert\">{HtmlEncoder.Default.Encode(problem)}</p>")}}
            <button>Sign in</button>
            </form>
            </main>
            </body>
            </html>
            """;
}
