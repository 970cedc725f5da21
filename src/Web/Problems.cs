using Microsoft.AspNetCore.Http.HttpResults;

namespace OrleansAtlas.Web;

/// <summary>What can be wrong with a request: one sentence that names the value and the way out.</summary>
internal static partial class Problems
{
    public static ProblemHttpResult NoCollection(string name) =>
        NotFound($"There is no collection '{name}'; /api/v1/collections lists those there are.");

    public static ProblemHttpResult NoMap(string collection, string version) =>
        NotFound($"There is no map '{version}' of a collection '{collection}'; /api/v1/collections/{collection} lists those there are.");

    public static ProblemHttpResult NoFrame(int number, int count) =>
        NotFound($"There is no frame {number}: the map has frames 0 to {count - 1}.");

    public static ProblemHttpResult NoFilm(string id) =>
        NotFound($"There is no film '{id}' in this collection; its films are listed under /films of a map.");

    public static ProblemHttpResult NoFile(string name) =>
        NotFound($"The file of '{name}' is not where it was indexed; attach its disk, or index it again where it is now.");

    public static ProblemHttpResult Filtered() => NotFound("No frame passes this filter; leave it out or widen it.");

    public static ProblemHttpResult Bad(string sentence) => TypedResults.Problem(sentence, statusCode: StatusCodes.Status400BadRequest);

    public static ProblemHttpResult NotFound(string sentence) => TypedResults.Problem(sentence, statusCode: StatusCodes.Status404NotFound);

    public static ProblemHttpResult Gone(string sentence) => TypedResults.Problem(sentence, statusCode: StatusCodes.Status410Gone);

    public static ProblemHttpResult TooLong(long most) =>
        TypedResults.Problem(
            $"This is longer than the {(most >> 20 > 0 ? $"{most >> 20} MiB" : $"{most} bytes")} that are taken here; cut out the part "
                + "that matters.",
            statusCode: StatusCodes.Status413PayloadTooLarge
        );

    /// <summary>As much is done already as the machine is meant to do at once.</summary>
    public static ProblemHttpResult Busy(HttpContext context)
    {
        Crowding.SayWhen(context);
        return Unavailable("The server has all it can do at once; try again in some seconds.");
    }

    public static ProblemHttpResult Unavailable(string sentence) =>
        TypedResults.Problem(sentence, statusCode: StatusCodes.Status503ServiceUnavailable);
}
