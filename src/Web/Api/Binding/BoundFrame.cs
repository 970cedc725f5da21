using System.Reflection;
using OrleansAtlas.Web.Maps;

namespace OrleansAtlas.Web.Api.Binding;

/// <summary><c>frames/{number}</c> of a map.</summary>
internal sealed record BoundFrame : Bound
{
    public OpenMap Open { get; private init; } = null!;

    public int Number { get; private init; }

    public static async ValueTask<BoundFrame> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var map = await BoundMap.BindAsync(context, parameter);
        if (map.Problem is not null)
        {
            return new() { Problem = map.Problem };
        }

        var number = int.Parse(Part(context, "number"), System.Globalization.CultureInfo.InvariantCulture);
        return number >= 0 && number < map.Open.Map.Count
            ? new() { Open = map.Open, Number = number }
            : new() { Problem = Problems.NoFrame(number, map.Open.Map.Count) };
    }
}
