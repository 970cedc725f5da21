using System.Reflection;
using OrleansAtlas.Store;
using OrleansAtlas.Web.Maps;

namespace OrleansAtlas.Web.Api.Binding;

/// <summary><c>{collection}/films/{film}</c>, a film whose file is there and is what was indexed; it is open for as long as
/// the request takes.</summary>
internal sealed record BoundSource : Bound
{
    public VideoRecord Film { get; private init; } = null!;

    public CollectionStore Collection { get; private init; } = null!;

    public IndexedFile File { get; private init; } = null!;

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

        var (file, problem) = IndexedFile.Open(film);
        if (file is null)
        {
            return new() { Problem = problem is null ? Problems.NoFile(film.Name) : Problems.Gone(problem) };
        }

        context.Response.RegisterForDispose(file);
        return new()
        {
            Collection = collection.Store,
            Film = film,
            File = file,
        };
    }
}
