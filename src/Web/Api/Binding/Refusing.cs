namespace OrleansAtlas.Web.Api.Binding;

/// <summary>Answers with the problem of what an address names and is not there.</summary>
internal sealed class Refusing : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.Arguments.OfType<Bound>().FirstOrDefault(bound => bound.Problem is not null) is { } missing
            ? ValueTask.FromResult<object?>(missing.Problem)
            : next(context);
}
