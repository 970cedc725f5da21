using Microsoft.AspNetCore.Http.HttpResults;

namespace OrleansAtlas.Web.Api.Binding;

// Why: docs/decisions/web-api.md
/// <summary>What the address of a request names, looked up before its endpoint runs. Where it is not there, <see cref="Refusing"/> answers
/// with the problem, and the endpoint, which may read everything else, does not run.</summary>
internal abstract record Bound
{
    /// <summary>Why it is not there; null where it is.</summary>
    public ProblemHttpResult? Problem { get; init; }

    /// <summary>A part of the address.</summary>
    protected static string Part(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;

    /// <summary>What answers for a type.</summary>
    protected static T Service<T>(HttpContext context)
        where T : notnull => context.RequestServices.GetRequiredService<T>();
}
