using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.OpenApi;

namespace OrleansAtlas.Web.Api.Binding;

/// <summary>Writes the parts of an address that a <see cref="Bound"/> takes into the document of the API, which does not see
/// them.</summary>
internal sealed class PathParameters : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var parameters = operation.Parameters ??= [];
        foreach (var part in RoutePatternFactory.Parse(context.Description.RelativePath ?? "").Parameters.Reverse())
        {
            if (parameters.All(known => known.Name != part.Name))
            {
                parameters.Insert(
                    0,
                    new OpenApiParameter
                    {
                        Name = part.Name,
                        In = ParameterLocation.Path,
                        Required = true,
                        Schema = new OpenApiSchema { Type = part.Name == "number" ? JsonSchemaType.Integer : JsonSchemaType.String },
                    }
                );
            }
        }

        return Task.CompletedTask;
    }
}
