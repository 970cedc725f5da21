using System.Globalization;

namespace OrleansAtlas.Web.Api.Binding;

/// <summary>Refuses to give no answers, or fewer.</summary>
internal sealed class PositiveLimit : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        int.TryParse(context.HttpContext.Request.Query["limit"], CultureInfo.InvariantCulture, out var limit) && limit < 1
            ? ValueTask.FromResult<object?>(Problems.Bad($"limit={limit} is no number of answers; ask for 1 or more, or leave it out."))
            : next(context);
}
