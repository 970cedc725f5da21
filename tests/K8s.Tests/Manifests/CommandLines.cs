using System.CommandLine.Parsing;
using k8s.Models;
using OrleansAtlas.Client;

namespace OrleansAtlas.Tests.Manifests;

/// <summary>Whether <c>atlas</c> takes the arguments of the containers that run it.</summary>
internal static class CommandLines
{
    public static IEnumerable<string> Problems(Manifest manifest) =>
        from pod in manifest.Pods
        from container in pod.Spec.Containers
        where pod.IsOurs && container.Command is null && container.Name != "silo"
        from problem in OfContainer(container, manifest)
        select $"{pod.Owner}: {string.Join(' ', container.Args)}: {problem}";

    private static IEnumerable<string> OfContainer(V1Container container, Manifest manifest)
    {
        var variables = container.Variables(manifest);
        if (container.Named().Any(name => !variables.ContainsKey(name)))
        {
            return [];
        }

        var result = CommandLine.Root().Parse(container.Arguments(variables));

        // What a verb that takes any number of files does not know as an option, it takes for a file.
        var files = result.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens);
        return result
            .Errors.Select(error => error.Message)
            .Concat(files.Where(token => token.Value.StartsWith('-')).Select(token => $"{token.Value} is no option"))
            .Concat(
                container.Image.Contains("orleans-atlas-", StringComparison.Ordinal) ? [] : [$"{container.Image} is none of our images"]
            );
    }
}
