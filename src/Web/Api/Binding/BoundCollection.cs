using System.Reflection;
using OrleansAtlas.Store;
using OrleansAtlas.Web.Maps;

namespace OrleansAtlas.Web.Api.Binding;

/// <summary><c>{collection}</c>.</summary>
internal sealed record BoundCollection : Bound
{
    public CollectionStore Store { get; private init; } = null!;

    public static async ValueTask<BoundCollection> BindAsync(HttpContext context, ParameterInfo _)
    {
        var name = Part(context, "collection");
        return await Service<OpenMaps>(context).CollectionAsync(name, context.RequestAborted) is { } store
            ? new() { Store = store }
            : new() { Problem = Problems.NoCollection(name) };
    }
}
