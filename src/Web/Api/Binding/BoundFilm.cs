using System.Reflection;
using OrleansAtlas.Web.Maps;

namespace OrleansAtlas.Web.Api.Binding;

/// <summary><c>films/{film}</c> of a map, by the number it has there.</summary>
internal sealed record BoundFilm : Bound
{
    public OpenMap Open { get; private init; } = null!;

    public int Number { get; private init; }

    public static async ValueTask<BoundFilm> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var (map, id) = (await BoundMap.BindAsync(context, parameter), Part(context, "film"));
        return map.Problem is not null ? new() { Problem = map.Problem }
            : map.Open.FilmNumber(id) is { } number ? new() { Open = map.Open, Number = number }
            : new() { Problem = Problems.NoFilm(id) };
    }
}
