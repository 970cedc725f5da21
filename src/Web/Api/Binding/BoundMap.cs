using System.Reflection;
using OrleansAtlas.Web.Maps;

namespace OrleansAtlas.Web.Api.Binding;

/// <summary><c>{collection}/maps/{version}</c>.</summary>
internal sealed record BoundMap : Bound
{
    public OpenMap Open { get; private init; } = null!;

    public static async ValueTask<BoundMap> BindAsync(HttpContext context, ParameterInfo _)
    {
        var (collection, version) = (Part(context, "collection"), Part(context, "version"));
        return await Service<OpenMaps>(context).MapAsync(collection, version, context.RequestAborted) is { } open
            ? new() { Open = open }
            : new() { Problem = Problems.NoMap(collection, version) };
    }
}
