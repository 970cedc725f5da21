using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace OrleansAtlas.Web;

/// <summary>What the framework refuses, in a sentence.</summary>
internal static partial class Problems
{
    private const string NoJson = "What is sent here is JSON; say so with Content-Type: application/json.";

    /// <summary>A value or a body that cannot be read.</summary>
    public static ProblemHttpResult Unread(BadHttpRequestException refused) =>
        TypedResults.Problem(Sentence(refused), statusCode: refused.StatusCode);

    /// <summary>Gives a sentence to a problem that has none.</summary>
    public static void Explain(ProblemDetailsContext context) =>
        context.ProblemDetails.Detail ??= context.HttpContext.Response.StatusCode switch
        {
            StatusCodes.Status400BadRequest => "The request cannot be read; /openapi/v1.json says what is taken here.",
            StatusCodes.Status404NotFound => "There is nothing at this address; /openapi/v1.json lists what there is.",
            StatusCodes.Status405MethodNotAllowed => "This address takes no such method; /openapi/v1.json lists what there is.",
            StatusCodes.Status415UnsupportedMediaType => NoJson,
            StatusCodes.Status416RangeNotSatisfiable => "The file ends before this range begins; ask for one that begins earlier.",
            _ => null,
        };

    private static string Sentence(BadHttpRequestException refused)
    {
        if (refused.StatusCode == StatusCodes.Status415UnsupportedMediaType)
        {
            return NoJson;
        }

        if (Unbound().Match(refused.Message) is { Success: true } unbound)
        {
            var what = unbound.Groups["type"].Value switch
            {
                var type when type.Contains("DateTimeOffset", StringComparison.Ordinal) =>
                    "time; give a day such as 2026-05-31, or a time of one such as 2026-05-31T18:00:00Z",
                var type when type.Contains("DateOnly", StringComparison.Ordinal) => "day, such as 2024-05-31",
                var type when type.Contains("int", StringComparison.Ordinal) => "whole number",
                _ => "number",
            };
            return $"{Camel(unbound.Groups["name"].Value)}={unbound.Groups["value"].Value} is no {what}.";
        }

        return Missing().Match(refused.Message) is { Success: true } missing
            ? $"{Camel(missing.Groups["name"].Value)} is missing in the query; /openapi/v1.json says what is taken here."
            : "The body cannot be read as the JSON that /openapi/v1.json describes.";
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    // The framework's own sentences, which name types of C#.
    [GeneratedRegex("^Failed to bind parameter \"(?<type>.+) (?<name>\\w+)\" from \"(?<value>.*)\"\\.$", RegexOptions.Singleline)]
    private static partial Regex Unbound();

    [GeneratedRegex("^Required parameter \"(?<type>.+) (?<name>\\w+)\" was not provided from query string\\.$")]
    private static partial Regex Missing();
}
