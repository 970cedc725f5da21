using System.Text.RegularExpressions;
using k8s.Models;

namespace OrleansAtlas.Tests.Manifests;

/// <summary>What a container is started with, as Kubernetes works it out.</summary>
internal static partial class Container
{
    /// <summary>Variables with their values; those that only a cluster knows have the name of where they come from.</summary>
    public static Dictionary<string, string> Variables(this V1Container container, Manifest manifest)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in (container.EnvFrom ?? []).Select(source => source.ConfigMapRef.Name))
        {
            foreach (var (key, value) in manifest.ConfigMaps.GetValueOrDefault(name) ?? new Dictionary<string, string>())
            {
                variables[key] = value;
            }
        }

        foreach (var variable in container.Env ?? [])
        {
            variables[variable.Name] =
                variable.Value
                ?? variable.ValueFrom.FieldRef?.FieldPath
                ?? variable.ValueFrom.ResourceFieldRef?.Resource
                ?? variable.ValueFrom.SecretKeyRef.Key;
        }

        return variables;
    }

    /// <summary>Arguments, with variables in the place of their names; a name that is none stays, as it does in Kubernetes.</summary>
    public static string[] Arguments(this V1Container container, IReadOnlyDictionary<string, string> variables) =>
        [
            .. (container.Args ?? []).Select(argument =>
                Variable().Replace(argument, match => variables.GetValueOrDefault(match.Groups[1].Value, match.Value))
            ),
        ];

    /// <summary>Variables that arguments name.</summary>
    public static IEnumerable<string> Named(this V1Container container) =>
        (container.Args ?? []).SelectMany(argument => Variable().Matches(argument).Select(match => match.Groups[1].Value));

    [GeneratedRegex(@"\$\((\w+)\)")]
    private static partial Regex Variable();
}
