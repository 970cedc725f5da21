using System.Security.Cryptography;

namespace OrleansAtlas.Web;

// Why: docs/decisions/web-page-in-the-assembly.md
/// <summary>The page: a few files inside this assembly.</summary>
internal static class Page
{
    private const string NotBuilt =
        "The page was not built into this program, for npm was not there: install Node.js 20 or newer and build again. "
        + "The API under /api/v1 works without it; /openapi/v1.json describes it.\n";

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".txt"] = "text/plain; charset=utf-8",
    };

    public static void Map(WebApplication app)
    {
        app.MapGet("/", (HttpContext context) => File(context, "index.html")).ExcludeFromDescription();
        app.MapGet("/{file}", (HttpContext context, string file) => File(context, file)).ExcludeFromDescription();
    }

    private static IResult File(HttpContext context, string name)
    {
        using var stream = typeof(Page).Assembly.GetManifestResourceStream($"page/{name}");
        if (stream is null || !Types.TryGetValue(Path.GetExtension(name), out var type))
        {
            return name == "index.html"
                ? TypedResults.Text(NotBuilt, statusCode: StatusCodes.Status503ServiceUnavailable)
                : TypedResults.NotFound();
        }

        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        context.Response.Headers.CacheControl = "no-cache";
        return TypedResults.File(content, type, entityTag: new($"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}\""));
    }
}
