"""Cases for activations, layers and regularizers."""

from __future__ import annotations

from tests.engine.keras_reference.table import case, dense, layer, network, of

ACTIVATIONS = (
    *("linear", "relu", "relu6", "leaky_relu", "elu", "selu", "gelu", "silu", "swish", "mish"),
    *("softplus", "softsign", "sigmoid", "hard_sigmoid", "tanh", "exponential", "softmax"),
)

SLOW = of("optimizers.SGD", learning_rate=0.01)
ADAM = of("optimizers.Adam", learning_rate=0.01)

#: an activation exactly where it has a corner: (activation, the sum of inputs there)
CORNERS = [
    ("relu", 0),
    ("relu6", 0),
    ("relu6", 6),
    ("leaky_relu", 0),
    ("elu", 0),
    ("selu", 0),
    ("softsign", 0),
    ("hard_sigmoid", 3),
    ("hard_sigmoid", -3),
]

#: an activation far out, where one form of its formula overflows
FAR_OUT = ("elu", "selu", "gelu", "silu", "mish", "softplus", "softsign", "sigmoid", "tanh")

activations = [
    *(case(f"activation_{name}", "values", dense(7, name), optimizer=SLOW) for name in ACTIVATIONS),
    *(
        case(f"last_{name}", "values", last=dense(2, name))
        for name in ("relu", "tanh", "softplus", "exponential", "sigmoid", "softmax", "gelu")
    ),
    *(
        case(
            f"corner_{name}_{at}",
            "values",
            dense(7, name),
            initial=[0, at, None, None],
            optimizer=SLOW,
        )
        for name, at in CORNERS
    ),
    *(
        case(f"far_out_{name}", "values", dense(7, name), x="x_huge", optimizer=ADAM)
        for name in FAR_OUT
    ),
    case("activation_layer_tanh", "values", dense(8), layer("Activation", activation="tanh")),
    case(
        "activation_layers_of_every_kind",
        "values",
        dense(8),
        *(
            each
            for name in ("gelu", "softsign", "mish", "leaky_relu", "hard_sigmoid")
            for each in (layer("Activation", activation=name), dense(5))
        ),
    ),
]

activation_layers = [
    case("relu_layer", "values", dense(8), layer("ReLU")),
    case("relu_layer_max", "values", dense(8), layer("ReLU", max_value=0.5)),
    case("relu_layer_slope", "values", dense(8), layer("ReLU", negative_slope=0.2)),
    case("relu_layer_threshold", "values", dense(8), layer("ReLU", threshold=0.4)),
    case(
        "relu_layer_everything",
        "values",
        dense(8),
        layer("ReLU", max_value=0.8, negative_slope=0.1, threshold=0.3),
    ),
    case(
        "relu_layer_corner",
        "values",
        dense(8),
        layer("ReLU", max_value=0.5),
        initial=[0, 0.5, None, None],
    ),
    case(
        "relu_layer_corner_threshold",
        "values",
        dense(8),
        layer("ReLU", threshold=0.5, negative_slope=0.1),
        initial=[0, 0.5, None, None],
    ),
    *(
        case(
            f"relu_layer_corner_{label}",
            "values",
            dense(8),
            layer("ReLU", **arguments),
            initial=[0, at, None, None],
            optimizer=SLOW,
        )
        for label, at, arguments in [
            ("six", 6, {"max_value": 6.0}),
            ("six_slope", 6, {"max_value": 6.0, "negative_slope": 0.1}),
            ("six_threshold", 6, {"max_value": 6.0, "threshold": 0.5}),
            ("zero_slope", 0, {"negative_slope": 0.1}),
            ("zero_max", 0, {"max_value": 0.5}),
        ]
    ),
    case("leaky_relu_layer", "values", dense(8), layer("LeakyReLU")),
    case("leaky_relu_layer_slope", "values", dense(8), layer("LeakyReLU", negative_slope=0.05)),
    case("elu_layer", "values", dense(8), layer("ELU")),
    case("elu_layer_alpha", "values", dense(8), layer("ELU", alpha=0.4)),
    case("softmax_layer", "values", dense(8), layer("Softmax")),
    case("softmax_layer_last", "classes", dense(4), last=layer("Softmax", axis=-1)),
    case(
        "activation_layer_last", "classes", dense(4), last=layer("Activation", activation="softmax")
    ),
    case(
        "activation_layer_last_bits",
        "bits",
        dense(1),
        last=layer("Activation", activation="sigmoid"),
    ),
    case("softmax_layer_last_labels", "labels", dense(4), last=layer("Softmax")),
]

dropout_and_flatten = [
    case("dropout_nothing", "classes", dense(8, "relu"), layer("Dropout", rate=0.0)),
    case("dropout_predict", "classes", dense(8, "relu"), layer("Dropout", rate=0.5), fits=[]),
    case(
        "flatten",
        "classes",
        layers=[
            layer("Input", shape=[2, 3]),
            layer("Flatten"),
            dense(8, "relu"),
            dense(4, "softmax"),
        ],
        x="pictures",
    ),
    case("flatten_nothing", "classes", layer("Flatten"), dense(8, "relu")),
    case(
        "flatten_dropout_normalize",
        "bits",
        layers=[
            layer("Input", shape=[2, 3]),
            layer("Flatten"),
            layer("BatchNormalization"),
            dense(8, "elu"),
            layer("Dropout", rate=0.0),
            dense(1, "sigmoid"),
        ],
        x="pictures",
    ),
]

#: layers that work on rows with more than one axis, as they are before a Flatten
pictures = [
    case(
        f"pictures_{name}",
        "classes",
        layers=network(before, layer("Flatten"), dense(4, "softmax"), inputs=[2, 3]),
        x="pictures",
    )
    for name, before in {
        "normalization": layer("BatchNormalization", momentum=0.8),
        "softmax": layer("Softmax"),
        "softmax_by_name": layer("Activation", activation="softmax"),
        "relu": layer("ReLU", negative_slope=0.1),
        "dropout": layer("Dropout", rate=0.0),
    }.items()
]

normalization = [
    case("normalization", "classes", dense(8), layer("BatchNormalization"), layer("ReLU")),
    case("normalization_first", "values", layer("BatchNormalization"), dense(8, "tanh")),
    case(
        "normalization_last", "values", dense(8, "tanh"), dense(2), last=layer("BatchNormalization")
    ),
    case("normalization_momentum", "values", dense(8), layer("BatchNormalization", momentum=0.6)),
    case("normalization_epsilon", "values", dense(8), layer("BatchNormalization", epsilon=0.1)),
    case("normalization_no_center", "values", dense(8), layer("BatchNormalization", center=False)),
    case("normalization_no_scale", "values", dense(8), layer("BatchNormalization", scale=False)),
    case(
        "normalization_bare",
        "values",
        dense(8),
        layer("BatchNormalization", center=False, scale=False, momentum=0.0),
    ),
    case(
        "normalization_twice",
        "classes",
        dense(8, "relu", use_bias=False),
        layer("BatchNormalization", momentum=0.9),
        dense(6, "relu"),
        layer("BatchNormalization", epsilon=0.01),
        optimizer=ADAM,
        fit={"validation_split": 0.25},
    ),
    case(
        "normalization_one_row",
        "values",
        dense(8),
        layer("BatchNormalization"),
        fit={"batch_size": 1, "epochs": 1},
    ),
    case(
        "normalization_constant_column",
        "values",
        layer("BatchNormalization"),
        dense(8, "relu"),
        x="x_constant_column",
    ),
    case("normalization_huge", "values", layer("BatchNormalization"), dense(8, "relu"), x="x_huge"),
    case(
        "normalization_regularized",
        "values",
        dense(8),
        layer(
            "BatchNormalization",
            beta_regularizer=of("regularizers.L1", l1=0.01),
            gamma_regularizer=of("regularizers.L2", l2=0.02),
        ),
    ),
]

regularization = [
    case(f"regularizer_by_name_{name}", "classes", dense(8, "tanh", kernel_regularizer=name))
    for name in ("l1", "l2", "l1l2", "L1L2")
] + [
    case(
        "regularizer_L1",
        "classes",
        dense(8, "tanh", kernel_regularizer=of("regularizers.L1", l1=0.02)),
    ),
    case(
        "regularizer_L2",
        "classes",
        dense(8, "tanh", kernel_regularizer=of("regularizers.L2", l2=0.02)),
    ),
    case(
        "regularizer_L1L2",
        "classes",
        dense(8, "tanh", kernel_regularizer=of("regularizers.L1L2", l1=0.01, l2=0.02)),
        fit={"validation_split": 0.25},
    ),
    case(
        "regularizer_bias",
        "values",
        dense(8, "tanh", bias_regularizer=of("regularizers.L2", l2=0.05)),
    ),
    case(
        "regularizers_everywhere",
        "bits",
        dense(8, "relu", kernel_regularizer="l2", bias_regularizer=of("regularizers.L1", l1=0.03)),
        last=dense(1, "sigmoid", kernel_regularizer=of("regularizers.L1L2", l1=0.01, l2=0.01)),
        optimizer=ADAM,
        fit={"sample_weight": {"array": "weights"}},
    ),
    case(
        "regularizer_corner",
        "values",
        dense(8, "tanh", kernel_regularizer=of("regularizers.L1", l1=0.1)),
        initial=[0, None, None, None],
    ),
]

shapes = [
    case(
        "dense_no_bias",
        "classes",
        dense(8, "relu", use_bias=False),
        last=dense(4, "softmax", use_bias=False),
    ),
    case("dense_alone", "values", layers=network(dense(2))),
    case(
        "dense_deep",
        "classes",
        dense(8, "relu"),
        dense(7, "tanh"),
        dense(6, "selu"),
        dense(5, "gelu"),
    ),
    case("dense_narrow", "bits", dense(1, "tanh"), dense(1, "softplus")),
    case("dense_input_shape", "values", layers=[dense(8, "tanh", input_shape=[6]), dense(2)]),
    case("dense_input_dim", "values", layers=[dense(8, "tanh", input_dim=6), dense(2)]),
    case(
        "dense_initializers_by_name",
        "values",
        dense(8, "tanh", kernel_initializer="he_normal", bias_initializer="ones"),
    ),
]

CASES = [
    *activations,
    *activation_layers,
    *dropout_and_flatten,
    *pictures,
    *normalization,
    *regularization,
    *shapes,
]
