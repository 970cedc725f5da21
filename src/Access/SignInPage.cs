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
            <link rel="icon" href="data:,">
            <title>OrleansAtlas: sign in</title>
            <style>
            :root { color-scheme: light dark; --ground: light-dark(#eceef0, #131416); --card: light-dark(#fff, #1f2124);
              --line: light-dark(#8a9098, #767c85); --accent: light-dark(#1f5fa8, #8fbdf0); --on-accent: light-dark(#fff, #10131a) }
            * { box-sizing: border-box }
            body { font: 16px/1.5 system-ui, sans-serif; display: grid; place-items: center; min-height: 100vh; margin: 0; padding: 1rem;
              background: var(--ground) }
            main { width: min(24rem, 100%); padding: 2rem; border-radius: .75rem; background: var(--card);
              box-shadow: 0 1px 3px #0003, 0 8px 24px #0002 }
            form { display: grid; gap: .5rem }
            h1 { font-size: 1.4rem; line-height: 1.2; margin: 0 0 .75rem }
            input, button { font: inherit; padding: .6rem .75rem; border-radius: .4rem; border: 1px solid var(--line); width: 100% }
            button { margin-top: .75rem; border-color: transparent; background: var(--accent); color: var(--on-accent); font-weight: 600;
              cursor: pointer }
            :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
            p { margin: 0; color: light-dark(#a3201d, #ff9f98) }
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
