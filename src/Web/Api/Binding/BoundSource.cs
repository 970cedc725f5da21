using System.Reflection;
using OrleansAtlas.Store;
using OrleansAtlas.Web.Maps;

namespace OrleansAtlas.Web.Api.Binding;

/// <summary><c>{collection}/films/{film}</c>, a film that is there and is what was indexed; it is open for as long as
/// the request takes.</summary>
internal sealed record BoundSource : Bound
{
    public VideoRecord Film { get; private init; } = null!;

    public CollectionStore Collection { get; private init; } = null!;

    public IndexedFilm Open { get; private init; } = null!;

    public static async ValueTask<BoundSource> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var collection = await BoundCollection.BindAsync(context, parameter);
        if (collection.Problem is not null)
        {
            return new() { Problem = collection.Problem };
        }

        var id = Part(context, "film");
        if (!OpenMaps.IsFilmId(id) || await collection.Store.VideoAsync(id, context.RequestAborted) is not { } film)
        {
            return new() { Problem = Problems.NoFilm(id) };
        }

        var films = Service<WebMapOptions>(context).Work?.Films;
        var (open, problem) = await IndexedFilm.OpenAsync(film, films, context.RequestAborted);
        if (open is null)
        {
            return new() { Problem = problem is null ? Problems.NoFile(film.Name) : Problems.Gone(problem) };
        }

        context.Response.RegisterForDispose(open);
        return new()
        {
            Collection = collection.Store,
            Film = film,
            Open = open,
        };
    }
}
