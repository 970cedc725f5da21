using System.Reflection;
using OrleansAtlas.Store;
using OrleansAtlas.Web.Films;
using OrleansAtlas.Web.Maps;

namespace OrleansAtlas.Web.Api.Binding;

/// <summary><c>{collection}/films/{film}</c>, a film whose file is there.</summary>
internal sealed record BoundSource : Bound
{
    public VideoRecord Film { get; private init; } = null!;

    public string Path { get; private init; } = "";

    public static async ValueTask<BoundSource> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var collection = await BoundCollection.BindAsync(context, parameter);
        if (collection.Problem is not null)
        {
            return new() { Problem = collection.Problem };
        }

        var id = Part(context, "film");
        return !OpenMaps.IsFilmId(id) || await collection.Store.VideoAsync(id, context.RequestAborted) is not { } film
                ? new() { Problem = Problems.NoFilm(id) }
            : SourceTypes.PathOf(film) is { } path ? new() { Film = film, Path = path }
            : new() { Problem = Problems.NoFile(film.Name) };
    }
}
